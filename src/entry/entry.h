// SPDX-License-Identifier: Apache-2.0
//
// Every fact that can stand in the log. Each has a header of its own with its grammar; this one
// tells them apart.
//
//   canon::Document scratch;                        // reused, so that a million entries need no
//   SCR_TRY(entry, decode(bytes, scratch));         // allocation of their own
//
// An entry whose type is not known is Unknown, not an error: a later program wrote it. It counts
// for nothing here and every verifier lists it. An entry of a known type with anything amiss is
// bad_input. The rule is the same in every program, or two verifiers would disagree on the result.
//
// Format: docs/formats/entries.md. Pure; any thread with a Document of its own.

#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "canon/document.h"
#include "entry/audit_drawn.h"
#include "entry/audit_found.h"
#include "entry/audit_planned.h"
#include "entry/claim_made.h"
#include "entry/container_closed.h"
#include "entry/evidence_received.h"
#include "entry/evidence_repeated.h"
#include "entry/forensics_plan.h"
#include "entry/genesis.h"
#include "entry/key_revoked.h"
#include "entry/key_rotated.h"
#include "entry/log_sealed.h"
#include "entry/part_refused.h"
#include "entry/part_taken.h"
#include "entry/person_named.h"
#include "entry/picture_committed.h"
#include "entry/picture_unread.h"
#include "entry/picture_withheld.h"
#include "entry/quickcount_planned.h"
#include "entry/redaction_approved.h"
#include "entry/result_stated.h"
#include "entry/return_transcribed.h"
#include "entry/returns_imported.h"
#include "entry/row_refused.h"
#include "entry/seed_drawn.h"
#include "entry/sheet_read.h"
#include "entry/unit_named.h"

namespace scr::entry {

struct Unknown {
  std::string type;
};

using Entry = std::variant<Genesis, EvidenceReceived, ReturnsImported, UnitNamed, ReturnTranscribed,
                           RowRefused, ClaimMade, ResultStated, SheetRead, PictureUnread, PartTaken,
                           PartRefused, ContainerClosed, EvidenceRepeated, AuditPlanned, SeedDrawn,
                           AuditDrawn, AuditFound, QuickCountPlanned, PictureCommitted, PersonNamed,
                           PersonWithdrawn, RedactionApproved, ForensicsPlan, KeyRotated,
                           KeyRevoked, LogSealed, PictureWithheld, Unknown>;

// Strict: canonical JSON of canon::kEntry, all fields of the type and no other, and the very bytes
// that encode() would make of it.
Result<Entry> decode(std::string_view bytes, canon::Document& scratch);

}  // namespace scr::entry
