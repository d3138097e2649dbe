// SPDX-License-Identifier: Apache-2.0
//
// The known answers in tests/vectors/*.json, for tests only. The library that parses them is
// included in one file, since it takes seconds to compile.

#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace scr {

// One value within a file of known answers. A view: copied freely; the file stays for the life of
// the program. Whatever is missing, or of another type than asked, throws, which fails the test.
// Any number of threads may read.
class Known {
 public:
  // The whole of tests/vectors/NAME. Throws std::runtime_error if it is missing or malformed.
  static Known file(const std::string& name);

  // What a JSON text says. Throws std::runtime_error if it is malformed.
  static Known text(std::string_view json);

  Known operator[](std::string_view key) const;
  // Without it, a literal as key is ambiguous: number["text"] is C++ as well.
  Known operator[](const char* key) const { return (*this)[std::string_view(key)]; }
  template <std::integral Index>
  Known operator[](Index index) const {
    return element(static_cast<std::size_t>(index));
  }
  bool contains(std::string_view key) const;
  bool is_null() const;
  // std::string, bool, double, or an integer that holds the number.
  template <typename T>
  T get() const {
    if constexpr (std::same_as<T, bool>) {
      return boolean();
    } else if constexpr (std::integral<T>) {
      return std::signed_integral<T> ? static_cast<T>(integer()) : static_cast<T>(natural());
    } else if constexpr (std::floating_point<T>) {
      return static_cast<T>(real());
    } else {
      return T(string());
    }
  }

  // The same without a word, where the type is plain: const std::uint64_t size = v["size"];
  template <typename T>
  requires std::integral<T> || std::same_as<T, std::string>
  operator T() const {  // NOLINT(google-explicit-constructor)
    return get<T>();
  }

  // Elements of an array, or the values of an object in the order of their keys.
  std::size_t size() const;
  class Iterator {
   public:
    Iterator(const Known& all, std::size_t at) : all_(&all), at_(at) {}
    Known operator*() const { return all_->element(at_); }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    const Known* all_;
    std::size_t at_;
  };
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }
  // Written by the library, without spaces, keys in order: another hand than the program's.
  std::string written() const;
  friend bool operator==(const Known& known, std::string_view text) {
    return known.string() == text;
  }
  friend std::ostream& operator<<(std::ostream& out, const Known& known) {
    return out << known.written();
  }
  // The key of the element that the iterator is at, of an object.
  std::string key(std::size_t index) const;

 private:
  explicit Known(const void* node) : node_(node) {}
  Known element(std::size_t index) const;
  bool boolean() const;
  std::int64_t integer() const;
  std::uint64_t natural() const;
  double real() const;
  std::string string() const;

  const void* node_;  // a value of the library, which only known.cc knows
};

}  // namespace scr
