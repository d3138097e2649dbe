// SPDX-License-Identifier: Apache-2.0
//
// One function for each verb, each in its own command_<verb>.cc.

#pragma once

#include "cli/command.h"

namespace scr::cli {

Command init_command();
Command add_command();
Command read_command();
Command import_command();
Command claim_command();
Command status_command();
Command tally_command();
Command findings_command();
Command compare_command();
Command judge_command();
Command audit_command();
Command quick_count_command();
Command redact_command();
Command key_command();
Command seal_command();
Command withhold_command();
Command forensics_command();
Command publish_command();
Command verify_command();
Command cosign_command();
Command witness_command();
Command mirror_command();
Command compare_logs_command();
Command fingerprint_command();
Command timestamp_command();
Command proof_command();
Command receipt_command();
Command verify_receipt_command();
Command verify_original_command();
Command show_command();
Command reindex_command();
Command fsck_command();
Command help_command();

}  // namespace scr::cli
