// SPDX-License-Identifier: Apache-2.0
#include "steps/past_election.h"

#include <utility>

#include "intake/mapping.h"
#include "intake/read_returns.h"
#include "review/accept.h"

namespace scr::steps {
namespace {

review::Transcript transcript_of(intake::ImportedRow row, election::Geography& geography) {
  review::Transcript transcript{{}, review::SourceOrdinal(0), std::nullopt};
  review::StationReturn& figures = transcript.figures;
  figures.station = std::move(row.station);
  // A unit that lies elsewhere in an earlier line: the return is of the country only, as in a
  // record.
  const auto unit = geography.add_path(row.place);
  figures.unit = unit ? *unit : geography.country();
  figures.registered = row.registered;
  figures.valid = row.valid;
  figures.null = row.null;
  figures.invalid = row.invalid;
  figures.votes = std::move(row.votes);
  return transcript;
}

}  // namespace

Result<PastElection> past_election(std::string_view definition_text,
                                   const std::optional<std::string>& mapping_text,
                                   std::string_view returns) {
  SCR_TRY(definition, at("its definition", election::parse_definition(definition_text)));
  std::optional<intake::Mapping> mapping;
  if (mapping_text) {
    SCR_TRY(parsed, at("its mapping", intake::parse_mapping(*mapping_text, definition)));
    mapping = std::move(parsed);
  }
  SCR_TRY(read, at("its returns",
                   intake::read_returns(returns, mapping ? &*mapping : nullptr, definition)));
  auto geography = std::make_unique<election::Geography>(definition);
  std::vector<review::Transcript> transcripts;
  transcripts.reserve(read.rows.size());
  for (intake::ImportedRow& row : read.rows) {
    transcripts.push_back(transcript_of(std::move(row), *geography));
  }
  const election::SourceId source("past");
  review::Accepted accepted = review::accept(definition, nullptr, {&source, 1}, transcripts, {});
  return PastElection{std::move(definition), std::move(geography), std::move(accepted.returns),
                      read.refused.size()};
}

}  // namespace scr::steps
