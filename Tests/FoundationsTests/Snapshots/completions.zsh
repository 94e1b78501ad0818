#compdef mediary
# Completions of mediary for Zsh. Made from the table of commands; do not edit.

_mediary_commands() {
  local -a commands=(
    'probe:Say what is in media files.'
    'encode:Make a video smaller and keep its quality.'
    'write:Write arrays as media files.'
    'copy:Copy files into a folder.'
    'worker:Take jobs and do them.'
    'config:Show, create and check the configuration.'
    'completions:Write completions for a shell.'
    'help:Explain a command.'
  )
  _describe -t commands 'command' commands
}

_mediary() {
  local context curcontext="$curcontext" state state_descr line ret=1
  local -A opt_args
  _arguments -s -S -C \
    '--json[Answer in JSON\: one object, or one a line.]' \
    '--home=[The library folder.]:DIR:_files -/' \
    '--log-level=[How much to log.]:LEVEL:(debug info warning error)' \
    '--color=[When to use colours.]:WHEN:(auto always never)' \
    '(--quiet -q)'{-q,--quiet}'[Say nothing but errors.]' \
    '(--help -h)'{-h,--help}'[Show this help and end.]' \
    '(--version -V)'{-V,--version}'[Show the version and end.]' \
    '1: :_mediary_commands' \
    '*::: :->rest' && ret=0
  if [[ $state == rest ]]; then
    words=("$line[1]" "${words[@]}")
    (( CURRENT += 1 ))
    curcontext="${curcontext%:*:*}:_mediary-$line[1]:"
    case $line[1] in
      (probe) _mediary__probe && ret=0 ;;
      (encode) _mediary__encode && ret=0 ;;
      (write) _mediary__write && ret=0 ;;
      (copy) _mediary__copy && ret=0 ;;
      (worker) _mediary__worker && ret=0 ;;
      (config) _mediary__config && ret=0 ;;
      (completions) _mediary__completions && ret=0 ;;
      (help) _mediary__help && ret=0 ;;
    esac
  fi
  return ret
}

_mediary__probe() {
  _arguments -s -S \
    '--json[Answer in JSON\: one object, or one a line.]' \
    '--home=[The library folder.]:DIR:_files -/' \
    '--log-level=[How much to log.]:LEVEL:(debug info warning error)' \
    '--color=[When to use colours.]:WHEN:(auto always never)' \
    '(--quiet -q)'{-q,--quiet}'[Say nothing but errors.]' \
    '(--help -h)'{-h,--help}'[Show this help and end.]' \
    '(--version -V)'{-V,--version}'[Show the version and end.]' \
    '*:FILE:_files'
}

_mediary__encode() {
  _arguments -s -S \
    '(--jobs -j)'{-j+,--jobs=}'[How many segments at once.]:N: ' \
    '(--overwrite -f)'{-f,--overwrite}'[Replace an existing result.]' \
    '(--hw-decode --no-hw-decode)--hw-decode[Decode with the graphics card.]' \
    '(--hw-decode --no-hw-decode)--no-hw-decode[Decode with the graphics card.]' \
    '--timeout=[How long one segment may take.]:TIME: ' \
    '--max-size=[How large the result may become.]:SIZE: ' \
    '--history[Show what was encoded before.]' \
    '--profile=[A set of choices for a kind of film.]:PROFILE:((normal\:'\''for most films'\'' clean\:'\''for drawn pictures'\'' grain\:'\''keeps the grain of old film'\''))' \
    '--crf=[One value, or one each for SD, HD and UHD.]:N,...: ' \
    '*--svt=[A parameter of the encoder, such as '\''tune=0'\''.]:KEY=VALUE: ' \
    '--json[Answer in JSON\: one object, or one a line.]' \
    '--home=[The library folder.]:DIR:_files -/' \
    '--log-level=[How much to log.]:LEVEL:(debug info warning error)' \
    '--color=[When to use colours.]:WHEN:(auto always never)' \
    '(--quiet -q)'{-q,--quiet}'[Say nothing but errors.]' \
    '(--help -h)'{-h,--help}'[Show this help and end.]' \
    '(--version -V)'{-V,--version}'[Show the version and end.]' \
    '1:IN:_files' \
    '2:OUT:_files'
}

_mediary__write_commands() {
  local -a commands=(
    'video:Write an array of frames as a video.'
    'image:Write an array as an image.'
  )
  _describe -t commands 'command' commands
}

_mediary__write() {
  local context curcontext="$curcontext" state state_descr line ret=1
  local -A opt_args
  _arguments -s -S -C \
    '--json[Answer in JSON\: one object, or one a line.]' \
    '--home=[The library folder.]:DIR:_files -/' \
    '--log-level=[How much to log.]:LEVEL:(debug info warning error)' \
    '--color=[When to use colours.]:WHEN:(auto always never)' \
    '(--quiet -q)'{-q,--quiet}'[Say nothing but errors.]' \
    '(--help -h)'{-h,--help}'[Show this help and end.]' \
    '(--version -V)'{-V,--version}'[Show the version and end.]' \
    '1: :_mediary__write_commands' \
    '*::: :->rest' && ret=0
  if [[ $state == rest ]]; then
    words=("$line[1]" "${words[@]}")
    (( CURRENT += 1 ))
    curcontext="${curcontext%:*:*}:_mediary__write-$line[1]:"
    case $line[1] in
      (video) _mediary__write__video && ret=0 ;;
      (image) _mediary__write__image && ret=0 ;;
    esac
  fi
  return ret
}

_mediary__write__video() {
  _arguments -s -S \
    '(--input -i)'{-i+,--input=}'[Array of frames; '\''-'\'' reads standard input.]:FILE|-:_files' \
    '(--output -o)'{-o+,--output=}'[Where the video goes.]:FILE:_files' \
    '--fps=[Frames a second.]:N: ' \
    '--layout=[The order of the array'\''s axes.]:THWC|CTHW:(THWC CTHW)' \
    '--range=[The least and the greatest value.]:A,B: ' \
    '--title=[The title to be written into the file.]:TEXT: ' \
    '--json[Answer in JSON\: one object, or one a line.]' \
    '--home=[The library folder.]:DIR:_files -/' \
    '--log-level=[How much to log.]:LEVEL:(debug info warning error)' \
    '--color=[When to use colours.]:WHEN:(auto always never)' \
    '(--quiet -q)'{-q,--quiet}'[Say nothing but errors.]' \
    '(--help -h)'{-h,--help}'[Show this help and end.]' \
    '(--version -V)'{-V,--version}'[Show the version and end.]'
}

_mediary__write__image() {
  _arguments -s -S \
    '(--input -i)'{-i+,--input=}'[Array of frames; '\''-'\'' reads standard input.]:FILE|-:_files' \
    '(--output -o)'{-o+,--output=}'[Where the video goes.]:FILE:_files' \
    '--json[Answer in JSON\: one object, or one a line.]' \
    '--home=[The library folder.]:DIR:_files -/' \
    '--log-level=[How much to log.]:LEVEL:(debug info warning error)' \
    '--color=[When to use colours.]:WHEN:(auto always never)' \
    '(--quiet -q)'{-q,--quiet}'[Say nothing but errors.]' \
    '(--help -h)'{-h,--help}'[Show this help and end.]' \
    '(--version -V)'{-V,--version}'[Show the version and end.]'
}

_mediary__copy() {
  _arguments -s -S \
    '--json[Answer in JSON\: one object, or one a line.]' \
    '--home=[The library folder.]:DIR:_files -/' \
    '--log-level=[How much to log.]:LEVEL:(debug info warning error)' \
    '--color=[When to use colours.]:WHEN:(auto always never)' \
    '(--quiet -q)'{-q,--quiet}'[Say nothing but errors.]' \
    '(--help -h)'{-h,--help}'[Show this help and end.]' \
    '(--version -V)'{-V,--version}'[Show the version and end.]' \
    '*:FROM:_files'
}

_mediary__worker() {
  _arguments -s -S \
    '--once[End when nothing is left to do.]' \
    '*--kinds=[Take only jobs of these kinds.]:KIND: ' \
    '--json[Answer in JSON\: one object, or one a line.]' \
    '--home=[The library folder.]:DIR:_files -/' \
    '--log-level=[How much to log.]:LEVEL:(debug info warning error)' \
    '--color=[When to use colours.]:WHEN:(auto always never)' \
    '(--quiet -q)'{-q,--quiet}'[Say nothing but errors.]' \
    '(--help -h)'{-h,--help}'[Show this help and end.]' \
    '(--version -V)'{-V,--version}'[Show the version and end.]' \
    '*: :()'
}

_mediary__config_commands() {
  local -a commands=(
    'show:Show what holds.'
    'init:Write a file with every key explained.'
    'check:Check the files.'
  )
  _describe -t commands 'command' commands
}

_mediary__config() {
  local context curcontext="$curcontext" state state_descr line ret=1
  local -A opt_args
  _arguments -s -S -C \
    '--json[Answer in JSON\: one object, or one a line.]' \
    '--home=[The library folder.]:DIR:_files -/' \
    '--log-level=[How much to log.]:LEVEL:(debug info warning error)' \
    '--color=[When to use colours.]:WHEN:(auto always never)' \
    '(--quiet -q)'{-q,--quiet}'[Say nothing but errors.]' \
    '(--help -h)'{-h,--help}'[Show this help and end.]' \
    '(--version -V)'{-V,--version}'[Show the version and end.]' \
    '1: :_mediary__config_commands' \
    '*::: :->rest' && ret=0
  if [[ $state == rest ]]; then
    words=("$line[1]" "${words[@]}")
    (( CURRENT += 1 ))
    curcontext="${curcontext%:*:*}:_mediary__config-$line[1]:"
    case $line[1] in
      (show) _mediary__config__show && ret=0 ;;
      (init) _mediary__config__init && ret=0 ;;
      (check) _mediary__config__check && ret=0 ;;
    esac
  fi
  return ret
}

_mediary__config__show() {
  _arguments -s -S \
    '--origin[Say for each value where it comes from.]' \
    '--json[Answer in JSON\: one object, or one a line.]' \
    '--home=[The library folder.]:DIR:_files -/' \
    '--log-level=[How much to log.]:LEVEL:(debug info warning error)' \
    '--color=[When to use colours.]:WHEN:(auto always never)' \
    '(--quiet -q)'{-q,--quiet}'[Say nothing but errors.]' \
    '(--help -h)'{-h,--help}'[Show this help and end.]' \
    '(--version -V)'{-V,--version}'[Show the version and end.]' \
    '1::KEY:()'
}

_mediary__config__init() {
  _arguments -s -S \
    '--force[Replace an existing file.]' \
    '--json[Answer in JSON\: one object, or one a line.]' \
    '--home=[The library folder.]:DIR:_files -/' \
    '--log-level=[How much to log.]:LEVEL:(debug info warning error)' \
    '--color=[When to use colours.]:WHEN:(auto always never)' \
    '(--quiet -q)'{-q,--quiet}'[Say nothing but errors.]' \
    '(--help -h)'{-h,--help}'[Show this help and end.]' \
    '(--version -V)'{-V,--version}'[Show the version and end.]'
}

_mediary__config__check() {
  _arguments -s -S \
    '--json[Answer in JSON\: one object, or one a line.]' \
    '--home=[The library folder.]:DIR:_files -/' \
    '--log-level=[How much to log.]:LEVEL:(debug info warning error)' \
    '--color=[When to use colours.]:WHEN:(auto always never)' \
    '(--quiet -q)'{-q,--quiet}'[Say nothing but errors.]' \
    '(--help -h)'{-h,--help}'[Show this help and end.]' \
    '(--version -V)'{-V,--version}'[Show the version and end.]'
}

_mediary__completions() {
  _arguments -s -S \
    '--json[Answer in JSON\: one object, or one a line.]' \
    '--home=[The library folder.]:DIR:_files -/' \
    '--log-level=[How much to log.]:LEVEL:(debug info warning error)' \
    '--color=[When to use colours.]:WHEN:(auto always never)' \
    '(--quiet -q)'{-q,--quiet}'[Say nothing but errors.]' \
    '(--help -h)'{-h,--help}'[Show this help and end.]' \
    '(--version -V)'{-V,--version}'[Show the version and end.]' \
    '1:SHELL:(bash zsh fish)'
}

_mediary__help() {
  _arguments -s -S \
    '--json[Answer in JSON\: one object, or one a line.]' \
    '--home=[The library folder.]:DIR:_files -/' \
    '--log-level=[How much to log.]:LEVEL:(debug info warning error)' \
    '--color=[When to use colours.]:WHEN:(auto always never)' \
    '(--quiet -q)'{-q,--quiet}'[Say nothing but errors.]' \
    '(--help -h)'{-h,--help}'[Show this help and end.]' \
    '(--version -V)'{-V,--version}'[Show the version and end.]' \
    '*:COMMAND:_mediary_topics'
}

_mediary_topics() {
  case "${(j: :)words[2,CURRENT-1]}" in
    ('') _mediary_commands ;;
    ('write') _mediary__write_commands ;;
    ('config') _mediary__config_commands ;;
  esac
}

if [[ $funcstack[1] == _mediary ]]; then
  _mediary "$@"
else
  compdef _mediary mediary
fi
