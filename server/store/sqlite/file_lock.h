// One writing process per database file.
#pragma once

#include <memory>
#include <string>

namespace cartwright::store {

// Held as long as the result lives. Throws StoreError: second_writer, io.
std::shared_ptr<void> lock_for_writing(const std::string& path);

}  // namespace cartwright::store
