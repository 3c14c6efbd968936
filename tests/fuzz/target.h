// What a fuzz target is: libFuzzer's entry point. The preset `fuzz` links it with libFuzzer, every other build with
// replay.cpp, which runs the kept corpus. A broken promise stops the process (CARTWRIGHT_ASSERT).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/result.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace cartwright::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace cartwright::fuzz
