// What stands for the candidate's functions where a suite in C++ runs. No candidate code is there: a call travels to the
// candidate's own sandbox, as a question of the protocol of ../python.py, and what comes back is data.
#pragma once
#include "assay_wire.hpp"

namespace assay {

/** Ends the suite with the report that it failed. */
[[noreturn]] void fail(std::string_view type, const std::string &message, unsigned line = 0);

/** Throws what the candidate threw, as the standard exception that it is or that it derives from. */
[[noreturn]] void raise(const Json &raised);

/** An exception of the candidate's that is none of the standard ones. */
struct Raised {
  std::string type;
};

/** What the candidate answered to one call. */
class Reply {
public:
  explicit Reply(Json json) : json_(std::move(json)) {}

  /** Takes over what the function left in an argument that it got by reference. */
  template <class T> void keep(std::size_t index, T &argument) const {
    const Json *after = json_.member("argsAfter");
    if (after && index < after->items.size()) argument = value<T>(after->items[index]);
  }

  template <class Result> Result result() const {
    if (const Json *raised = json_.member("raised")) raise(*raised);
    if constexpr (!std::is_void_v<Result>) return value<Result>(*json_.member("returned"));
  }

private:
  template <class T> static T value(const Json &json) {
    try {
      return read<T>(json);
    } catch (const Misfit &misfit) {
      fail("TypeError", "what the candidate answered does not fit: " + misfit.what);
    }
  }
  Json json_;
};

/** Asks the candidate for a call. `after`: also for how the arguments stand after it. */
Reply send(const char *name, const std::string &arguments, bool after);

template <class... Arguments> Reply ask(const char *name, bool after, const Arguments &...arguments) {
  std::string text = "[";
  ((text += text.size() > 1 ? "," : "", write<Arguments>(text, arguments)), ...);
  return send(name, text + "]", after);
}

} // namespace assay
