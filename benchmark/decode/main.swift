import Foundations
import Media

// Decodes the film of a file and throws the pictures away: what benchmark/decode.py times beside
// `ffmpeg -f null`. Prints the number of frames.

guard Swift.CommandLine.arguments.count == 3,
  let threads = Int(Swift.CommandLine.arguments[2])
else { fatalError("usage: DecodeBenchmark FILE THREADS") }

let demuxer = try Demuxer.open(.file(FilePath(Swift.CommandLine.arguments[1])))
guard let film = demuxer.streams.first(where: \.isFilm) else { fatalError("there is no film") }
demuxer.select(streams: [film.index])
let decoder = try VideoDecoder.open(film.parameters, threads: DecodingThreads(count: threads))
let packet = try Packet()
var frames = 0
while try demuxer.read(into: packet) {
  try decoder.decode(packet) { _ in frames += 1 }
}
try decoder.finish { _ in frames += 1 }
print(frames)
