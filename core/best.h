#pragma once

#include "core/choice.h"

namespace cartwright {

inline constexpr std::int64_t best_step_limit = std::int64_t{1} << 25;

Chosen choose_best(const Pricer& pricer, std::int64_t step_limit = best_step_limit);

}  // namespace cartwright
