// SPDX-License-Identifier: Apache-2.0
#include "tests/known_answers/known.h"

#include <deque>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace scr {
namespace {

using Json = nlohmann::json;

const Json& of(const void* node) {
  return *static_cast<const Json*>(node);
}

Json parsed(const std::string& name) {
  std::ifstream file(SCR_SOURCE_DIR "/tests/vectors/" + name);
  if (!file) throw std::runtime_error("tests/vectors/" + name + " is missing");
  return Json::parse(file);
}

}  // namespace

Known Known::file(const std::string& name) {
  static std::mutex guard;
  static std::map<std::string, Json> files;
  const std::scoped_lock lock(guard);
  auto found = files.find(name);
  if (found == files.end()) found = files.emplace(name, parsed(name)).first;
  return Known(&found->second);
}

Known Known::text(std::string_view json) {
  static std::mutex guard;
  static std::deque<Json> texts;
  const std::scoped_lock lock(guard);
  return Known(&texts.emplace_back(Json::parse(json)));
}
std::string Known::written() const {
  return of(node_).dump();
}

Known Known::operator[](std::string_view key) const {
  return Known(&of(node_).at(std::string(key)));
}
Known Known::element(std::size_t index) const {
  const Json& all = of(node_);
  if (!all.is_object()) return Known(&all.at(index));
  if (index >= all.size()) throw std::out_of_range("no such element of a known answer");
  return Known(&*std::next(all.begin(), static_cast<std::ptrdiff_t>(index)));
}
std::string Known::key(std::size_t index) const {
  const Json& all = of(node_);
  if (index >= all.size()) throw std::out_of_range("no such element of a known answer");
  return std::next(all.begin(), static_cast<std::ptrdiff_t>(index)).key();
}
bool Known::contains(std::string_view key) const {
  return of(node_).contains(std::string(key));
}
bool Known::is_null() const {
  return of(node_).is_null();
}
std::size_t Known::size() const {
  return of(node_).size();
}
bool Known::boolean() const {
  return of(node_).get<bool>();
}
std::int64_t Known::integer() const {
  return of(node_).get<std::int64_t>();
}
std::uint64_t Known::natural() const {
  return of(node_).get<std::uint64_t>();
}
double Known::real() const {
  return of(node_).get<double>();
}
std::string Known::string() const {
  return of(node_).get<std::string>();
}

}  // namespace scr
