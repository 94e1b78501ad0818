# Completions of mediary for fish. Made from the table of commands; do not edit.

# The commands at a place.
function __mediary_commands
    switch $argv[1]
        case ''
            printf '%s\n' probe encode write copy worker config completions help
        case 'write'
            printf '%s\n' video image
        case 'config'
            printf '%s\n' show init check
    end
end

# Whether an option takes a value at a place.
function __mediary_takes_value
    switch $argv[2]
        case --home --log-level --color
            return 0
    end
    switch $argv[1]
        case 'encode'
            contains -- $argv[2] --jobs -j --timeout --max-size --profile --crf --svt; and return 0
        case 'write video'
            contains -- $argv[2] --input -i --output -o --fps --layout --range --title; and return 0
        case 'write image'
            contains -- $argv[2] --input -i --output -o; and return 0
        case 'worker'
            contains -- $argv[2] --kinds; and return 0
    end
    return 1
end

# Prints the place of the cursor; after 'help' that of the topic, with
# a mark before it.
function __mediary_place
    set -l path
    set -l mark
    set -l option
    set -l words (commandline -opc)
    for word in $words[2..]
        if string match -qr -- '^-.' $word
            set option
            test $word = --; and break
            __mediary_takes_value "$path" $word; and set option $word
        else if test -n "$option"
            set option
        else if contains -- $word (__mediary_commands "$path")
            if test -z "$path" -a $word = 'help'
                set mark 'help:'
            else
                set path (string trim -- "$path $word")
            end
        end
    end
    echo "$mark$path"
end

function __mediary_at
    test (__mediary_place) = "$argv"
end

function __mediary_at_or_topic
    contains -- (__mediary_place) "$argv" "help:$argv"
end

complete -c mediary -f
complete -c mediary -l json -d 'Answer in JSON: one object, or one a line.'
complete -c mediary -l home -x -a '(__fish_complete_directories)' -d 'The library folder.'
complete -c mediary -l log-level -x -a 'debug info warning error' -d 'How much to log.'
complete -c mediary -l color -x -a 'auto always never' -d 'When to use colours.'
complete -c mediary -s q -l quiet -d 'Say nothing but errors.'
complete -c mediary -s h -l help -d 'Show this help and end.'
complete -c mediary -s V -l version -d 'Show the version and end.'
complete -c mediary -n "__mediary_at_or_topic ''" -a probe -d 'Say what is in media files.'
complete -c mediary -n "__mediary_at_or_topic ''" -a encode -d 'Make a video smaller and keep its quality.'
complete -c mediary -n "__mediary_at_or_topic ''" -a write -d 'Write arrays as media files.'
complete -c mediary -n "__mediary_at_or_topic ''" -a copy -d 'Copy files into a folder.'
complete -c mediary -n "__mediary_at_or_topic ''" -a worker -d 'Take jobs and do them.'
complete -c mediary -n "__mediary_at_or_topic ''" -a config -d 'Show, create and check the configuration.'
complete -c mediary -n "__mediary_at_or_topic ''" -a completions -d 'Write completions for a shell.'
complete -c mediary -n "__mediary_at_or_topic ''" -a help -d 'Explain a command.'

complete -c mediary -n "__mediary_at 'probe'" -F

complete -c mediary -n "__mediary_at 'encode'" -s j -l jobs -x -d 'How many segments at once.'
complete -c mediary -n "__mediary_at 'encode'" -s f -l overwrite -d 'Replace an existing result.'
complete -c mediary -n "__mediary_at 'encode'" -l hw-decode -d 'Decode with the graphics card.'
complete -c mediary -n "__mediary_at 'encode'" -l no-hw-decode -d 'Decode with the graphics card.'
complete -c mediary -n "__mediary_at 'encode'" -l timeout -x -d 'How long one segment may take.'
complete -c mediary -n "__mediary_at 'encode'" -l max-size -x -d 'How large the result may become.'
complete -c mediary -n "__mediary_at 'encode'" -l history -d 'Show what was encoded before.'
complete -c mediary -n "__mediary_at 'encode'" -l profile -x -a 'normal\\t\'for most films\' clean\\t\'for drawn pictures\' grain\\t\'keeps the grain of old film\'' -d 'A set of choices for a kind of film.'
complete -c mediary -n "__mediary_at 'encode'" -l crf -x -d 'One value, or one each for SD, HD and UHD.'
complete -c mediary -n "__mediary_at 'encode'" -l svt -x -d 'A parameter of the encoder, such as \'tune=0\'.'
complete -c mediary -n "__mediary_at 'encode'" -F

complete -c mediary -n "__mediary_at_or_topic 'write'" -a video -d 'Write an array of frames as a video.'
complete -c mediary -n "__mediary_at_or_topic 'write'" -a image -d 'Write an array as an image.'

complete -c mediary -n "__mediary_at 'write video'" -s i -l input -r -F -d 'Array of frames; \'-\' reads standard input.'
complete -c mediary -n "__mediary_at 'write video'" -s o -l output -r -F -d 'Where the video goes.'
complete -c mediary -n "__mediary_at 'write video'" -l fps -x -d 'Frames a second.'
complete -c mediary -n "__mediary_at 'write video'" -l layout -x -a 'THWC CTHW' -d 'The order of the array\'s axes.'
complete -c mediary -n "__mediary_at 'write video'" -l range -x -d 'The least and the greatest value.'
complete -c mediary -n "__mediary_at 'write video'" -l title -x -d 'The title to be written into the file.'

complete -c mediary -n "__mediary_at 'write image'" -s i -l input -r -F -d 'Array of frames; \'-\' reads standard input.'
complete -c mediary -n "__mediary_at 'write image'" -s o -l output -r -F -d 'Where the video goes.'

complete -c mediary -n "__mediary_at 'copy'" -F
complete -c mediary -n "__mediary_at 'copy'" -a '(__fish_complete_directories)'

complete -c mediary -n "__mediary_at 'worker'" -l once -d 'End when nothing is left to do.'
complete -c mediary -n "__mediary_at 'worker'" -l kinds -x -d 'Take only jobs of these kinds.'

complete -c mediary -n "__mediary_at_or_topic 'config'" -a show -d 'Show what holds.'
complete -c mediary -n "__mediary_at_or_topic 'config'" -a init -d 'Write a file with every key explained.'
complete -c mediary -n "__mediary_at_or_topic 'config'" -a check -d 'Check the files.'

complete -c mediary -n "__mediary_at 'config show'" -l origin -d 'Say for each value where it comes from.'

complete -c mediary -n "__mediary_at 'config init'" -l force -d 'Replace an existing file.'


complete -c mediary -n "__mediary_at 'completions'" -a 'bash zsh fish'

