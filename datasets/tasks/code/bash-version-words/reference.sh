version_of() {
  [[ $1 =~ ^v?(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))?$ ]] || return 2
  printf '%s.%s.%s\n' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[4]:-0}"
}

newest() {
  local best= one candidate
  for one in "$@"; do
    candidate=$(version_of "$one") || continue
    if [[ -z $best ]] || older "$best" "$candidate"; then best=$candidate; fi
  done
  [[ -n $best ]] || return 1
  printf '%s\n' "$best"
}

older() {
  local -a left right
  local index
  IFS=. read -ra left <<<"$(version_of "$1")"
  IFS=. read -ra right <<<"$(version_of "$2")"
  ((${#left[@]} && ${#right[@]})) || return 2
  for index in 0 1 2; do
    ((left[index] == right[index])) && continue
    ((left[index] < right[index]))
    return
  done
  return 1
}
