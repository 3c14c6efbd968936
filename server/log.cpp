#include "server/log.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "server/json.h"

namespace cartwright::log {

namespace {

spdlog::level::level_enum level_of(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warn: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
  }
  return spdlog::level::err;
}

std::shared_ptr<spdlog::logger>& logger() {
  static std::shared_ptr<spdlog::logger> logger;
  return logger;
}

}  // namespace

void start(Level least) {
  logger() = std::make_shared<spdlog::logger>("cartwright", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  // The message comes as members of the object, see write().
  logger()->set_formatter(std::make_unique<spdlog::pattern_formatter>(
      R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})", spdlog::pattern_time_type::utc));
  logger()->set_level(level_of(least));
  logger()->flush_on(spdlog::level::debug);
}

bool wanted(Level level) { return logger() && logger()->should_log(level_of(level)); }

void write(Level level, std::string_view message, std::initializer_list<Field> fields) {
  if (!wanted(level)) return;
  std::string members = "\"message\":";
  json::append_string(members, message);
  for (const Field& field : fields) {
    members.append(",\"").append(field.name).append("\":");
    if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
      json::append_integer(members, *number);
    } else {
      json::append_string(members, std::get<std::string_view>(field.value));
    }
  }
  logger()->log(level_of(level), members);
}

}  // namespace cartwright::log
