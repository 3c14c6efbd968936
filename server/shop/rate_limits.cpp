#include "server/shop/rate_limits.h"

#include <algorithm>
#include <charconv>

namespace cartwright::shop {

namespace {

std::optional<std::int64_t> read_number(std::string_view text, std::int64_t max) {
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size() || value < 1 || value > max) return std::nullopt;
  return value;
}

std::optional<RateLimit> read_limit(std::string_view text) {
  if (text == "off") return RateLimit{};
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto quota = read_number(text.substr(0, slash), 1'000'000);
  const auto window_s = read_number(text.substr(slash + 1), 86'400);
  if (!quota || !window_s) return std::nullopt;
  return RateLimit{.quota = *quota, .window_s = *window_s};
}

}  // namespace

Status RateLimits::set(std::string_view text) {
  constexpr auto& names = Names<LimitName>::list;
  const std::size_t equals = std::min(text.find('='), text.size());
  const auto at = std::find(names.begin(), names.end(), text.substr(0, equals));
  const auto limit = read_limit(text.substr(std::min(equals + 1, text.size())));
  if (at == names.end() || !limit) {
    return Error{.code = ErrorCode::invalid_request,
                 .detail = std::string(text) + " is no limit, like order_user=100/60 or order_user=off"};
  }
  set(static_cast<LimitName>(at - names.begin()), *limit);
  return {};
}

std::optional<Standing> RateLimits::take(LimitName name, std::string_view key, TimeMs now) {
  const RateLimit limit = limits_[static_cast<std::size_t>(name)];
  if (limit.quota == 0) return std::nullopt;
  const std::int64_t now_us = now.ms * 1000;
  const std::int64_t window_us = limit.window_s * 1'000'000;
  const std::int64_t one_us = window_us / limit.quota;
  Standing standing{.name = name, .limit = limit};
  const std::string place = std::string(1, static_cast<char>('a' + static_cast<int>(name))).append(key);

  const std::lock_guard lock(mutex_);
  if (whole_at_us_.size() >= sweep_at_) make_room(now_us);
  std::int64_t& whole_at = whole_at_us_.try_emplace(place, now_us).first->second;
  // A clock that was set back must not lock anyone out for longer than a window.
  const std::int64_t begun = std::clamp(whole_at, now_us, now_us + window_us);
  const std::int64_t left_us = window_us - (begun - now_us);
  if (left_us < one_us) {
    standing.wait_ms = (one_us - left_us + 999) / 1000;
  } else {
    whole_at = begun + one_us;
  }
  standing.remaining = std::max<std::int64_t>(0, (now_us + window_us - whole_at) / one_us);
  standing.reset_ms = (whole_at - now_us + 999) / 1000;
  return standing;
}

void RateLimits::make_room(std::int64_t now_us) {
  std::erase_if(whole_at_us_, [&](const auto& entry) { return entry.second <= now_us; });
  if (whole_at_us_.size() >= most_keys_) whole_at_us_.clear();
  sweep_at_ = std::clamp<std::size_t>(2 * whole_at_us_.size(), 1024, std::max<std::size_t>(most_keys_, 1024));
}

std::size_t RateLimits::key_count() {
  const std::lock_guard lock(mutex_);
  return whole_at_us_.size();
}

}  // namespace cartwright::shop
