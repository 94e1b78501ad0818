// libav as Swift can reach it: the headers, and what they hide behind macros and varargs.
//
// The libraries are not linked. symbols.h lists each function that is used, lazy.c makes a stub of
// it, and mediary_libav_load opens the libraries when the first of them is needed: linking them
// all costs every command 70 to 100 ms and 40 MB at its start.
#pragma once

#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavformat/avformat.h>
#include <libavutil/audio_fifo.h>
#include <libavutil/channel_layout.h>
#include <libavutil/cpu.h>
#include <libavutil/dict.h>
#include <libavutil/display.h>
#include <libavutil/dovi_meta.h>
#include <libavutil/error.h>
#include <libavutil/hdr_dynamic_metadata.h>
#include <libavutil/hwcontext.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libavutil/mastering_display_metadata.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libavutil/replaygain.h>
#include <libavutil/spherical.h>
#include <libavutil/stereo3d.h>
#include <libavutil/timecode.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>

/// The groups in which the libraries are opened.
enum mediary_libav_group {
  /// libavutil, libavcodec, libavformat and libswresample: reading, decoding, encoding, writing.
  MEDIARY_LIBAV_CORE = 0,
  /// libswscale: conversion between pixel formats and sizes.
  MEDIARY_LIBAV_SCALE = 1,
  /// libavfilter and all that it pulls in.
  MEDIARY_LIBAV_FILTER = 2,
};

/// Opens the group's libraries, once; later calls answer at once. Returns NULL, or what is missing
/// in the dynamic linker's words. Nothing of a group may be called before this succeeded.
const char *mediary_libav_load(enum mediary_libav_group group);

/// The file name that a library of this build is looked for by, "libavcodec.so.59"; `index` runs
/// from 0, NULL past the last.
const char *mediary_libav_library(int index);
/// The library's own version as it was loaded, AV_VERSION_INT; 0 if it is not loaded.
unsigned mediary_libav_found(int index);
/// The version whose headers this build was made with.
unsigned mediary_libav_built(int index);

/// Routes libav's log into lines of each thread, and nothing to the terminal.
void mediary_libav_capture_log(void);
/// The last error that libav logged on this thread since the clearing; without one the last
/// warning, or "". It begins with the name of the codec, format or filter.
const char *mediary_libav_last_log(void);
/// The last lines of at least warning level since the clearing, with newlines between them, or "".
const char *mediary_libav_log(void);
/// Forgets this thread's lines, before an operation whose lines are to be told apart.
void mediary_libav_clear_log(void);

// What the macros would say.
extern const int mediary_averror_eof;
extern const int mediary_averror_again;
extern const int mediary_averror_exit;
extern const int mediary_averror_invalid_data;
extern const int mediary_averror_no_stream;
extern const int mediary_averror_decoder_not_found;
extern const int mediary_averror_demuxer_not_found;
extern const int mediary_averror_encoder_not_found;
extern const int mediary_averror_option_not_found;
extern const int mediary_averror_no_memory;
extern const int mediary_averror_not_supported;
extern const int mediary_averror_no_space;
extern const int mediary_averror_input_output;
extern const int mediary_averror_denied;
extern const int mediary_averror_no_entry;
extern const int mediary_averror_invalid_argument;
extern const int64_t mediary_nopts;

/// AVERROR(e): the negative number that libav returns for a system error.
static inline int mediary_averror(int system_error) { return AVERROR(system_error); }

/// A stream's side data of a type, or NULL: a list on the stream in libavformat 59 and 60, on its
/// codec parameters from 61 on.
const uint8_t *mediary_stream_side_data(const AVStream *stream, enum AVPacketSideDataType type,
                                        size_t *size);

/// The side data at a place in the stream's list, or NULL past the end.
const AVPacketSideData *mediary_stream_side_data_at(const AVStream *stream, int index);

/// Gives a stream that is to be written a copy of some side data; 0, or libav's error.
int mediary_add_stream_side_data(AVStream *stream, enum AVPacketSideDataType type,
                                 const void *bytes, size_t size);

/// Makes the demuxer refuse to open any file but the one it was given: a playlist must not reach
/// other files of the machine, or its network.
void mediary_refuse_nested_files(AVFormatContext *context);
