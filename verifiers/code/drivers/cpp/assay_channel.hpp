// Lines on descriptor 3: one at a time, each way.
#pragma once
#include <cstdlib>
#include <string>
#include <unistd.h>

namespace assay {

constexpr int channel = 3;

/** The next line; false at the end of the channel. */
inline bool take_line(std::string &line) {
  static std::string pending;
  std::size_t end;
  while ((end = pending.find('\n')) == std::string::npos) {
    char chunk[65536];
    const ssize_t size = ::read(channel, chunk, sizeof chunk);
    if (size <= 0) return false;
    pending.append(chunk, static_cast<std::size_t>(size));
  }
  line = pending.substr(0, end);
  pending.erase(0, end + 1);
  return true;
}

inline void put_line(std::string text) {
  text += '\n';
  for (std::size_t sent = 0; sent < text.size();) {
    const ssize_t size = ::write(channel, text.data() + sent, text.size() - sent);
    if (size <= 0) std::_Exit(1);
    sent += static_cast<std::size_t>(size);
  }
}

} // namespace assay
