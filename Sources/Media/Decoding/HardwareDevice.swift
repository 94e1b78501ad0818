import CFFmpeg

/// A device that decodes in hardware.
package enum HardwareDevice {
  /// The kinds libav was built for: "vaapi", "cuda", ….
  package static var kinds: [String] {
    guard (try? LibAV.load(.core)) != nil else { return [] }
    var kinds: [String] = []
    var type = av_hwdevice_iterate_types(AV_HWDEVICE_TYPE_NONE)
    while type != AV_HWDEVICE_TYPE_NONE {
      if let name = av_hwdevice_get_type_name(type) { kinds.append(String(cString: name)) }
      type = av_hwdevice_iterate_types(type)
    }
    return kinds
  }

  /// Opens the first device of a kind and closes it again; throws where there is none.
  package static func check(_ kind: String) throws(MediaFailure) {
    try LibAV.load(.core)
    let type = av_hwdevice_find_type_by_name(kind)
    guard type != AV_HWDEVICE_TYPE_NONE else {
      throw MediaFailure(.badMediaSetting, "libav was built without \(kind)")
    }
    mediary_libav_clear_log()
    var device: UnsafeMutablePointer<AVBufferRef>?
    let status = av_hwdevice_ctx_create(&device, type, nil, nil, 0)
    guard status >= 0 else { throw MediaFailure(libav: status, "open a device of", kind) }
    av_buffer_unref(&device)
  }
}
