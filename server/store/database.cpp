#include "server/store/database.h"

namespace cartwright::store {

std::string_view name_of(Fault fault) {
  switch (fault) {
    case Fault::unique_violation: return "unique_violation";
    case Fault::foreign_key_violation: return "foreign_key_violation";
    case Fault::check_violation: return "check_violation";
    case Fault::not_null_violation: return "not_null_violation";
    case Fault::type_violation: return "type_violation";
    case Fault::busy: return "busy";
    case Fault::disk_full: return "disk_full";
    case Fault::read_only: return "read_only";
    case Fault::io: return "io";
    case Fault::corrupt: return "corrupt";
    case Fault::out_of_memory: return "out_of_memory";
    case Fault::foreign_database: return "foreign_database";
    case Fault::newer_database: return "newer_database";
    case Fault::second_writer: return "second_writer";
    case Fault::misuse: return "misuse";
  }
  return "misuse";
}

bool is_about_data(Fault fault) {
  switch (fault) {
    case Fault::unique_violation:
    case Fault::foreign_key_violation:
    case Fault::check_violation:
    case Fault::not_null_violation:
    case Fault::type_violation:
    case Fault::misuse: return true;
    case Fault::busy:
    case Fault::disk_full:
    case Fault::read_only:
    case Fault::io:
    case Fault::corrupt:
    case Fault::out_of_memory:
    case Fault::foreign_database:
    case Fault::newer_database:
    case Fault::second_writer: return false;
  }
  return true;
}

}  // namespace cartwright::store
