// SPDX-License-Identifier: Apache-2.0
#include "steps/picture_files.h"

#include <string>
#include <system_error>

#include "os/files.h"

namespace scr::steps {

namespace fs = std::filesystem;

Result<std::vector<fs::path>> files_of(const std::vector<fs::path>& paths) {
  std::vector<fs::path> files;
  for (const fs::path& path : paths) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      SCR_TRY(below, os::files_below(path));
      for (const std::string& name : below) files.push_back(path / name);
    } else if (fs::is_regular_file(path, error)) {
      files.push_back(path);
    } else {
      return fail(ErrorCode::not_found, "no such file or folder", path.string());
    }
  }
  return files;
}

Result<std::string> bytes_of_picture(const fs::path& file) {
  std::error_code error;
  if (fs::file_size(file, error) > kLargestPicture && !error) {
    return fail(
        ErrorCode::bad_input,
        "larger than 256 MiB; no picture of a sheet is. Move it away and try the rest again",
        file.string());
  }
  return os::read_text(file);
}

}  // namespace scr::steps
