// Serves calls to functions in C and C++: lines of JSON on descriptor 3, one reply to each question, in lock step; the
// protocol of ../python.py. Nothing expected is in here, so that a reply that a candidate forges has to be right.
#include "assay_wire.hpp"
#include "assay_channel.hpp"

namespace {

std::string answer(const assay::Json &question) {
  const assay::Json *name = question.member("call"), *args = question.member("args"), *id = question.member("id");
  const assay::Json *after = question.member("argsAfter");
  std::string members;
  try {
    members = assay_dispatch(name->word, *args, after && after->truth());
    if (members.empty()) {
      members = "\"undefined\":";
      assay::quote(members, name->word);
    }
  } catch (const assay::Misfit &misfit) {
    members = "\"unserialisable\":";
    assay::quote(members, "an argument does not fit its type: " + misfit.what);
  }
  return "{\"id\":" + id->word + "," + members + "}";
}

} // namespace

int main() {
  std::string line;
  if (!assay::take_line(line)) return 1;
  assay::put_line("{\"compiled\":true}");
  while (assay::take_line(line)) {
    const assay::Json question = assay::parse(line);
    assay::put_line(question.member("load") ? "{\"loaded\":true}" : answer(question));
  }
  std::fflush(nullptr);
  return 0;
}
