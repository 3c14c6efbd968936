// Wire structs <-> one flat row of doubles, by the field lists of the core: how values cross between JavaScript and the
// module. wasm/src/flat.ts is the other side, wasm/src/generated.ts its field lists.
//
//   integer, id, time   the number
//   bool                0 or 1
//   enum                its index in Names<E>::list
//   string              length in bytes, then UTF-8 padded to whole doubles
//   list                length, then the elements
//   struct              0, then the fields in list order; or 1 and the string of a key that is not known
//   left out            NaN
//   null                -infinity
//   not what is wanted  +infinity (another type, no safe integer, not one of the words, a lone surrogate)
//
// The writer may stop anywhere: what lies beyond the end reads as +infinity, so a request that ends at its first fault
// is refused at exactly that place. Nothing that is read is trusted: every length is checked against what is there.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/decode.h"
#include "core/field.h"
#include "core/result.h"

namespace cartwright::flat {

inline constexpr double left_out = std::numeric_limits<double>::quiet_NaN();
inline constexpr double null = -std::numeric_limits<double>::infinity();
inline constexpr double wrong = std::numeric_limits<double>::infinity();
inline constexpr double struct_follows = 0;
inline constexpr double unknown_key_follows = 1;

constexpr std::size_t doubles_of(std::size_t bytes) { return (bytes + sizeof(double) - 1) / sizeof(double); }

// The Source (core/decode.h) over a row of doubles, which must outlive it. Values are read strictly one after another.
class Source {
 public:
  static constexpr bool explains = false;
  using Value = double;
  struct Object {};
  struct List {};

  explicit Source(std::span<const double> row) : row_(row) {}

  Value next() { return at_ < row_.size() ? row_[at_++] : wrong; }

  bool present(Value value) const { return !std::isnan(value); }
  bool null(Value value) const { return value == flat::null; }
  bool integer(Value value, std::int64_t& out) const {
    if (!(value >= static_cast<double>(min_amount) && value <= static_cast<double>(max_amount))) return false;
    out = static_cast<std::int64_t>(value);
    return static_cast<double>(out) == value;
  }
  bool boolean(Value value, bool& out) const {
    out = value == 1;
    return value == 0 || value == 1;
  }
  bool string(Value value, std::string_view& out) {
    std::size_t bytes = 0;
    if (!size(value, bytes) || doubles_of(bytes) > row_.size() - at_) return false;
    out = {reinterpret_cast<const char*>(row_.data() + at_), bytes};
    at_ += doubles_of(bytes);
    return true;
  }
  bool word(Value value, std::span<const std::string_view> words, std::size_t& index) const {
    return size(value, index) && index < words.size();
  }
  OpenObject open(Value value, std::span<const std::string_view>, Object&, std::string& bad_key) {
    if (value == struct_follows) return OpenObject::opened;
    std::string_view key;
    if (value != unknown_key_follows || !string(next(), key)) return OpenObject::not_an_object;
    bad_key = key;
    return OpenObject::unknown_key;
  }
  Value member(Object&, std::size_t) { return next(); }
  // A row that ends at its first fault may be shorter than its list. Then the list has a limit of its own, at most this.
  bool open(Value value, List&, std::size_t& length) const {
    constexpr std::size_t longest = 1000000;
    return size(value, length) && (length <= longest || length <= row_.size() - at_);
  }
  Value next(List&) { return next(); }

 private:
  bool size(Value value, std::size_t& out) const {
    std::int64_t wide = 0;
    if (!integer(value, wide) || wide < 0 || wide > std::numeric_limits<std::int32_t>::max()) return false;
    out = static_cast<std::size_t>(wide);
    return true;
  }

  std::span<const double> row_;
  std::size_t at_ = 0;
};

// The struct in a row, into one that is freshly made. Error: `invalid_request` with the place of what is wrong.
template <class S>
Status decode(std::span<const double> row, S& out) {
  Source source(row);
  return Decoder<Source>(source).read(source.next(), out);
}

// An answer in the making. There is always room for the numbers of four structs, one within the other: whoever puts a
// text or an element of a list makes room again behind it, so that a number is put without a look.
class Row {
 public:
  static constexpr std::size_t most_fields = 16;

  void clear() {
    size_ = 0;
    make_room(0);
  }
  void put(double value) { row_.data()[size_++] = value; }
  // That many numbers are put by the caller, in one go.
  double* take(std::size_t doubles) {
    make_room(doubles);
    size_ += doubles;
    return row_.data() + size_ - doubles;
  }
  [[gnu::noinline]] void put(std::string_view text) {
    put(static_cast<double>(text.size()));
    double* const place = take(doubles_of(text.size()));
    if (!text.empty()) std::memcpy(place, text.data(), text.size());
  }
  [[gnu::noinline]] void make_room(std::size_t doubles) {
    const std::size_t wanted = size_ + doubles + 4 * most_fields;
    if (row_.size() < wanted) row_.resize(2 * wanted);
  }
  const double* data() const { return row_.data(); }

 private:
  std::vector<double> row_;
  std::size_t size_ = 0;
};

template <class T>
concept Number = IsId<T>::value || std::is_same_v<T, TimeMs> || std::is_same_v<T, bool> || WireEnum<T> ||
                 std::is_same_v<T, std::int64_t>;

double number(const Number auto& value) {
  if constexpr (requires { value.value; }) {
    return static_cast<double>(value.value);
  } else if constexpr (requires { value.ms; }) {
    return static_cast<double>(value.ms);
  } else {
    return static_cast<double>(value);
  }
}

// A struct of numbers only, such as each of the thousands of discounts of a large quote.
template <class T>
constexpr bool has_numbers_only() {
  if constexpr (WireStruct<T>) {
    return std::apply([](const auto&... f) { return (Number<typename std::decay_t<decltype(f)>::Member> && ...); },
                      Fields<T>::list);
  } else {
    return false;
  }
}

// Inlined whatever it costs in bytes: three calls for each discount are a tenth of a large quote's time.
template <class S, std::size_t I>
[[gnu::always_inline]] inline double number_at(const S& from) {
  constexpr auto member = field_at<S, I>().member;
  return number(from.*member);
}
template <class S, std::size_t... I>
[[gnu::always_inline]] inline void put_numbers(double* at, const S& from, std::index_sequence<I...>) {
  ((at[I] = number_at<S, I>(from)), ...);
}

// An optional that holds nothing is NaN where its key is left out of an answer, else -infinity. Structs have no mark in
// front: an answer is never wrong.
template <class T>
void append(Row& row, const T& value, bool leaves_out_null = false) {
  if constexpr (IsOptional<T>::value) {
    if (value) {
      append(row, *value);
    } else {
      row.put(leaves_out_null ? left_out : null);
    }
  } else if constexpr (IsVector<T>::value) {
    using Element = typename T::value_type;
    row.put(static_cast<double>(value.size()));
    if constexpr (has_numbers_only<Element>()) {
      double* at = row.take(value.size() * field_count<Element>);
      for (const Element& element : value) {
        put_numbers(at, element, std::make_index_sequence<field_count<Element>>());
        at += field_count<Element>;
      }
    } else {
      for (const Element& element : value) {
        append(row, element);
        row.make_room(0);
      }
    }
  } else if constexpr (std::is_same_v<T, std::string>) {
    row.put(std::string_view(value));
  } else if constexpr (WireStruct<T>) {
    static_assert(field_count<T> <= Row::most_fields);
    for_each_field<T>([&](const auto& f) { append(row, value.*f.member, f.leaves_out_null); });
  } else {
    row.put(number(value));
  }
}

}  // namespace cartwright::flat
