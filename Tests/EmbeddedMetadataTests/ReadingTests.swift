import EmbeddedMetadata
import Foundations
import TestSupport
import Testing

@Suite("Metadata that other tools wrote")
struct ReadingTests {
  private func read(png chunks: [UInt8]) throws -> MetadataReading {
    let samples = try Samples()
    let path = try samples.make("a.png")
    let bytes = PNG.with(chunks, in: try Samples.bytes(path))
    return try EmbeddedMetadata.read(FilePath(samples.folder.write("b.png", bytes)))
  }

  private func text(_ keyword: String, _ text: String) -> [UInt8] {
    PNG.chunk("tEXt", Array(keyword.utf8) + [0] + Array(text.utf8))
  }

  @Test("A1111's parameters are understood")
  func automatic() throws {
    let parameters = """
      a fox, <lora:fluff:0.8>
      second line
      Negative prompt: ugly, bad
      Steps: 20, Sampler: Euler a, CFG scale: 7.5, Seed: 18446744073709551615, Size: 512x768, \
      Model hash: abc, Model: dream, Lora hashes: "fluff: 1, x: 2", Version: v1.9
      """
    let reading = try read(png: text("parameters", parameters))
    #expect(reading.source == "a1111")
    #expect(reading.place == "png:tEXt parameters")
    #expect(reading.raw == parameters)
    let record = reading.record
    #expect(record.prompt == "a fox, <lora:fluff:0.8>\nsecond line")
    #expect(record.negativePrompt == "ugly, bad")
    #expect(record.seed?.text() == "18446744073709551615")
    #expect((record.steps, record.guidance, record.width, record.height) == (20, 7.5, 512, 768))
    #expect(record.model == "dream")
    #expect(record.sampler == "Euler a")
    #expect(record.loras == [.init(name: "fluff", weight: 0.8)])
  }

  @Test("ComfyUI's graph is followed from its sampler, and Python's NaN is no obstacle")
  func comfy() throws {
    let graph = #"""
      {"3":{"class_type":"KSampler","is_changed":[NaN],"inputs":{"seed":5,"steps":9,"cfg":3.5,
      "sampler_name":"euler","model":["10",0],"positive":["6",0],"negative":["7",0],
      "latent_image":["5",0]}},"4":{"class_type":"CheckpointLoaderSimple","inputs":
      {"ckpt_name":"sd.safetensors"}},"5":{"class_type":"EmptyLatentImage","inputs":{"width":640,
      "height":480,"batch_size":1}},"6":{"class_type":"CLIPTextEncode","inputs":{"text":"a fox NaN",
      "clip":["4",1]}},"7":{"class_type":"CLIPTextEncode","inputs":{"text":"bad","clip":["4",1]}},
      "10":{"class_type":"LoraLoader","inputs":{"lora_name":"l.safetensors","strength_model":0.5,
      "model":["4",0]}}}
      """#
    let reading = try read(png: text("prompt", graph) + text("workflow", #"{"nodes":[]}"#))
    #expect(reading.source == "comfyui")
    let record = reading.record
    #expect(record.prompt == "a fox NaN")
    #expect(record.negativePrompt == "bad")
    #expect(record.model == "sd.safetensors")
    #expect((record.seed, record.steps, record.guidance) == (5, 9, 3.5))
    #expect((record.width, record.height, record.sampler) == (640, 480, "euler"))
    #expect(record.loras == [.init(name: "l.safetensors", weight: 0.5)])
  }

  @Test("A graph whose links lead round is given up")
  func round() throws {
    let graph = #"""
      {"1":{"class_type":"KSampler","inputs":{"seed":["2",0],"positive":["2",0],
      "latent_image":["1",0]}},"2":{"class_type":"X","inputs":{"seed":["2",0],"text":["2",0]}}}
      """#
    #expect(try read(png: text("prompt", graph)).record.prompt == nil)
  }

  @Test("InvokeAI's and SwarmUI's objects are understood")
  func invokeAndSwarm() throws {
    let invoke = #"""
      {"positive_prompt":"p","negative_prompt":"n","model":{"name":"m"},"seed":7,"steps":30,
      "cfg_scale":6,"width":8,"height":9,"scheduler":"ddim","loras":[{"model":{"name":"l"},"weight":1}]}
      """#
    let first = try read(png: text("invokeai_metadata", invoke))
    #expect(first.source == "invokeai")
    #expect((first.record.prompt, first.record.model, first.record.width) == ("p", "m", 8))
    #expect(first.record.loras == [.init(name: "l", weight: 1)])
    let swarm = #"""
      {"sui_image_params":{"prompt":"p","negativeprompt":"n","model":"m","seed":-1,"steps":4,
      "cfgscale":1,"width":8,"height":9,"loras":["a"],"loraweights":["0.7"]}}
      """#
    let second = try read(png: text("parameters", swarm))
    #expect(second.source == "swarmui")
    #expect((second.record.negativePrompt, second.record.seed) == ("n", -1))
    #expect(second.record.loras == [.init(name: "a", weight: 0.7)])
  }

  @Test("Wan2GP's settings are understood, and its reserved slot is none")
  func wan() throws {
    let settings = #"""
      {"model_type":"t2v","prompt":"p","resolution":"832x480","num_inference_steps":30,"seed":1,
      "guidance_scale":5,"activated_loras":["a","b"],"loras_multipliers":"0.5 1;0.2"}
      """#
    let reading = try read(png: text("comment", settings))
    #expect(reading.source == "wan2gp")
    #expect((reading.record.width, reading.record.height) == (832, 480))
    #expect(reading.record.loras.map(\.weight) == [0.5, 1])
    #expect(throws: MetadataFailure.self) {
      try read(png: text("comment", #"{"_wangp_metadata_reserved":true,"pad":"   "}"#))
    }
  }

  @Test(
    "An object tells its source by a name in it, else by the words that it uses",
    arguments: [
      (#"{"prompt":"p","seed":1}"#, "mediary"), (#"{"size":{"width":8,"height":8}}"#, "mediary"),
      (#"{"note":"n","generator":"Mediary 1.0"}"#, "mediary"),
      (#"{"prompt":"p","num_inference_steps":4}"#, "wan2gp"),
      (#"{"type":"WanGP v5.41 by DeepBeepMeep","prompt":"p"}"#, "wan2gp"),
      (#"{"note":"n"}"#, "unknown"), (#"{"resolution":"8x8"}"#, "unknown"),
    ])
  func source(text: String, source: String) throws {
    let samples = try Samples()
    let path = try samples.make("a.png")
    try EmbeddedMetadata.write(text, to: path)
    let reading = try EmbeddedMetadata.read(path)
    #expect(reading.source == source)
    // Nothing is added to what was given.
    #expect(reading.raw == text)
  }

  @Test("A packed text is unpacked, and a bomb is not")
  func packed() throws {
    let script = """
      import zlib,sys
      sys.stdout.write(zlib.compress(b'{"prompt":"' + b'packed '*50 + b'"}').hex())
      """
    let run = try CommandRun("python3", ["-c", script])
    let reading = try read(
      png: PNG.chunk("zTXt", Array("comment".utf8) + [0, 0] + hex(run.stdout)))
    #expect(reading.record.prompt == String(repeating: "packed ", count: 50))
    let bomb = try CommandRun(
      "python3", ["-c", "import zlib; print(zlib.compress(b' '*(64<<20), 9).hex(), end='')"])
    #expect(throws: MetadataFailure.self) {
      try read(png: PNG.chunk("zTXt", Array("comment".utf8) + [0, 0] + hex(bomb.stdout)))
    }
  }

  private func hex(_ text: String) -> [UInt8] {
    let digits = text.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map {
      UInt8(digits[$0] * 16 + digits[$0 + 1])
    }
  }

  @Test(
    "Both byte orders of an EXIF comment are read, whatever the header says",
    arguments: [true, false])
  func orders(isBig: Bool) throws {
    let samples = try Samples()
    let path = try samples.make("a.jpg")
    let text = #"{"prompt":"Füchse 雪","seed":3}"#
    let units = text.utf16.flatMap { unit -> [UInt8] in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return isBig ? [high, low] : [low, high]
    }
    let value = Array("UNICODE\0".utf8) + units
    // A header in big-endian order, as piexif writes it, with UserComment alone.
    let count = UInt8(value.count)
    let exif: [UInt8] =
      Array("Exif\0\0MM".utf8) + [
        0, 42, 0, 0, 0, 8, 0, 1, 0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26,
      ]
      + [0, 0, 0, 0, 0, 1, 0x92, 0x86, 0, 7, 0, 0, 0, count, 0, 0, 0, 44, 0, 0, 0, 0] + value
    var bytes = try Samples.bytes(path)
    bytes.insert(contentsOf: [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif, at: 2)
    try samples.folder.write("a.jpg", bytes)
    let reading = try EmbeddedMetadata.read(path)
    #expect(reading.raw == text)
    #expect(reading.place == "jpeg:exif UserComment")
    // Written anew, the block keeps its own order.
    try EmbeddedMetadata.write(#"{"prompt":"neu 雪"}"#, to: path)
    #expect(try EmbeddedMetadata.read(path).record.prompt == "neu 雪")
  }

  @Test("A copy tells the same in another format")
  func copied() throws {
    let samples = try Samples()
    let (png, film) = (try samples.make("a.png"), try samples.make("a.mkv"))
    try EmbeddedMetadata.write(#"{"prompt":"p","seed":9}"#, to: png)
    try EmbeddedMetadata.copy(from: png, to: film)
    #expect(try EmbeddedMetadata.read(film).raw == #"{"prompt":"p","seed":9}"#)
  }
}
