# Completions of mediary for Bash. Made from the table of commands; do not edit.

# Each of these puts its answer into REPLY.

# The commands at a place.
_mediary_commands() {
  case "$1" in
    '') REPLY='probe encode write copy worker config completions help' ;;
    'write') REPLY='video image' ;;
    'config') REPLY='show init check' ;;
    *) REPLY='' ;;
  esac
}

# The options at a place.
_mediary_options() {
  case "$1" in
    'encode') REPLY='--jobs --overwrite --hw-decode --no-hw-decode --timeout --max-size --history --profile --crf --svt' ;;
    'write video') REPLY='--input --output --fps --layout --range --title' ;;
    'write image') REPLY='--input --output' ;;
    'worker') REPLY='--once --kinds' ;;
    'config show') REPLY='--origin' ;;
    'config init') REPLY='--force' ;;
    *) REPLY='' ;;
  esac
  REPLY="$REPLY --json --home --log-level --color --quiet --help --version"
}

# How the value of an option is completed: '@file', '@folder', '@nothing' or the words, after a
# '+' where many values may follow; empty where the option takes none.
_mediary_value() {
  case "$2" in
    '--home') REPLY='@folder' ;;
    '--log-level') REPLY='debug info warning error' ;;
    '--color') REPLY='auto always never' ;;
    *)
      case "$1 $2" in
        'encode --jobs' | 'encode -j') REPLY='@nothing' ;;
        'encode --timeout') REPLY='@nothing' ;;
        'encode --max-size') REPLY='@nothing' ;;
        'encode --profile') REPLY='normal clean grain' ;;
        'encode --crf') REPLY='@nothing' ;;
        'encode --svt') REPLY='@nothing' ;;
        'write video --input' | 'write video -i') REPLY='@file' ;;
        'write video --output' | 'write video -o') REPLY='@file' ;;
        'write video --fps') REPLY='@nothing' ;;
        'write video --layout') REPLY='THWC CTHW' ;;
        'write video --range') REPLY='@nothing' ;;
        'write video --title') REPLY='@nothing' ;;
        'write image --input' | 'write image -i') REPLY='@file' ;;
        'write image --output' | 'write image -o') REPLY='@file' ;;
        'worker --kinds') REPLY='+@nothing' ;;
        *) REPLY='' ;;
      esac
      ;;
  esac
}

# How the argument after so many others is completed.
_mediary_argument() {
  case "$1 $2" in
    'probe '*) REPLY='@file' ;;
    'encode 0') REPLY='@file' ;;
    'encode 1') REPLY='@file' ;;
    'copy '*) REPLY='@file' ;;
    'completions 0') REPLY='bash zsh fish' ;;
    *) REPLY='@nothing' ;;
  esac
}

_mediary() {
  local cur=${COMP_WORDS[COMP_CWORD]} path='' option='' many='' ended='' topic='' skip=''
  local word kind REPLY
  local -i i count=0
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    # Readline takes '--name=value' for three words, and 'key=value' too.
    if [[ $word == '=' ]]; then
      [[ -z $option ]] && skip=1
      continue
    elif [[ -n $skip ]]; then
      skip=''
    elif [[ -z $ended && $word == -?* ]]; then
      option='' many=''
      [[ $word == -- ]] && ended=1
      _mediary_value "$path" "$word"
      [[ -n $REPLY ]] && option=$word
      [[ $REPLY == +* ]] && many=1
    elif [[ -n $option ]]; then
      [[ -z $many ]] && option=''
    else
      _mediary_commands "$path"
      if [[ " $REPLY " != *" $word "* ]]; then
        count+=1
      elif [[ -z $path && $word == 'help' ]]; then
        topic=1
      else
        path="${path:+$path }$word"
      fi
    fi
  done
  [[ $cur == '=' ]] && cur=''
  if [[ -n $option && ($cur != -* || ${COMP_WORDS[COMP_CWORD - 1]} == '=') ]]; then
    _mediary_value "$path" "$option"
    kind=${REPLY#+}
  elif [[ -z $ended && -z $topic && $cur == -* ]]; then
    _mediary_options "$path"
    kind=$REPLY
  else
    _mediary_commands "$path"
    kind=$REPLY
    if [[ -z $kind && -z $topic ]]; then
      _mediary_argument "$path" "$count"
      kind=$REPLY
    fi
  fi
  case "$kind" in
    # Readline knows best how names of files are quoted.
    @file) compopt -o default 2>/dev/null ;;
    @folder) compopt -o dirnames 2>/dev/null ;;
    @nothing) ;;
    *)
      for word in $kind; do
        [[ $word == "$cur"* ]] && COMPREPLY+=("$word")
      done
      ;;
  esac
  return 0
}

complete -F _mediary mediary
