// SPDX-License-Identifier: Apache-2.0
//
// A witness over HTTP (C2SP tlog-witness v1.0.0):
//
//   POST /add-checkpoint                     witness/add_checkpoint.h
//   GET  /<hex SHA-256(origin)>/checkpoint   the latest note it cosigned: for monitors, and for a
//                                            log that asks whether it was set back
//
// Everything else is 404, or 405 for another method. Any thread.

#pragma once

#include "http/server.h"
#include "notebook/notebook.h"
#include "os/clock.h"

namespace scr::server {

// `notebook` and `clock` must outlive the handler.
http::Handler witness_service(notebook::Notebook& notebook, os::Clock& clock);

}  // namespace scr::server
