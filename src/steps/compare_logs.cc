// SPDX-License-Identifier: Apache-2.0
#include "steps/compare_logs.h"

#include <utility>

#include "os/files.h"
#include "steps/log_place.h"
#include "tiles/tile_hashes.h"

namespace scr::steps {
namespace {

// From the larger of two logs, if they differ in size.
Result<std::optional<witness::Growth>> growth_of(const LogPlace& larger_place,
                                                 const note::Checkpoint& smaller,
                                                 const note::Checkpoint& larger) {
  if (smaller.tree_size == larger.tree_size) return std::optional<witness::Growth>();
  const merkle::TreeSize size(larger.tree_size);
  SCR_TRY(growth, at(larger_place.name,
                     witness::growth_between(
                         merkle::TreeSize(smaller.tree_size), size,
                         tiles::hashes_from(size, collect::tiles_of(larger_place.source)))));
  return std::optional(std::move(growth));
}

}  // namespace

Result<ComparedLogs> compare_logs(const CompareLogsRequest& request) {
  SCR_TRY(place_a, log_at(request.a, request.proxy));
  SCR_TRY(place_b, log_at(request.b, request.proxy));
  SCR_TRY(key, key_of(place_a, request.key));
  SCR_TRY(a, checkpoint_at(place_a, key, false));
  SCR_TRY(b, checkpoint_at(place_b, key, false));
  const bool b_is_larger = b.checkpoint.tree_size >= a.checkpoint.tree_size;
  const NoteAt& smaller = b_is_larger ? a : b;
  const NoteAt& larger = b_is_larger ? b : a;
  SCR_TRY(growth,
          growth_of(b_is_larger ? place_b : place_a, smaller.checkpoint, larger.checkpoint));
  SCR_TRY(relation, witness::compare(a.checkpoint, b.checkpoint, growth));
  ComparedLogs compared{.origin = a.checkpoint.origin,
                        .relation = relation,
                        .size_a = a.checkpoint.tree_size,
                        .size_b = b.checkpoint.tree_size,
                        .path = growth ? growth->path.size() : 0};
  if (relation != witness::Relation::fork || !request.evidence) return compared;
  const witness::ForkEvidence evidence{smaller.note, larger.note, growth};
  SCR_TRY_VOID(witness::verify(evidence, key));
  SCR_TRY_VOID(os::replace_file(*request.evidence, evidence.text(), os::kPublic));
  compared.evidence_written = true;
  return compared;
}

}  // namespace scr::steps
