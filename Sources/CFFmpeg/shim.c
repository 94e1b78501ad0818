// What libav keeps in macros, and what differs between its versions.
#include "shim.h"

#include <errno.h>
#include <string.h>

const int mediary_averror_eof = AVERROR_EOF;
const int mediary_averror_again = AVERROR(EAGAIN);
const int mediary_averror_exit = AVERROR_EXIT;
const int mediary_averror_invalid_data = AVERROR_INVALIDDATA;
const int mediary_averror_no_stream = AVERROR_STREAM_NOT_FOUND;
const int mediary_averror_decoder_not_found = AVERROR_DECODER_NOT_FOUND;
const int mediary_averror_demuxer_not_found = AVERROR_DEMUXER_NOT_FOUND;
const int mediary_averror_encoder_not_found = AVERROR_ENCODER_NOT_FOUND;
const int mediary_averror_option_not_found = AVERROR_OPTION_NOT_FOUND;
const int mediary_averror_no_memory = AVERROR(ENOMEM);
const int mediary_averror_not_supported = AVERROR_PATCHWELCOME;
const int mediary_averror_no_space = AVERROR(ENOSPC);
const int mediary_averror_input_output = AVERROR(EIO);
const int mediary_averror_denied = AVERROR(EACCES);
const int mediary_averror_no_entry = AVERROR(ENOENT);
const int mediary_averror_invalid_argument = AVERROR(EINVAL);
const int64_t mediary_nopts = AV_NOPTS_VALUE;

// From libavformat 61 on a stream's side data lie with its codec parameters.
#if LIBAVFORMAT_VERSION_MAJOR >= 61
#define SIDE_DATA(stream) (stream)->codecpar->coded_side_data
#define SIDE_DATA_COUNT(stream) (stream)->codecpar->nb_coded_side_data
#else
#define SIDE_DATA(stream) (stream)->side_data
#define SIDE_DATA_COUNT(stream) (stream)->nb_side_data
#endif

const AVPacketSideData *mediary_stream_side_data_at(const AVStream *stream, int index) {
  return index < SIDE_DATA_COUNT(stream) ? &SIDE_DATA(stream)[index] : NULL;
}

const uint8_t *mediary_stream_side_data(const AVStream *stream, enum AVPacketSideDataType type,
                                        size_t *size) {
  const AVPacketSideData *record;
  for (int index = 0; (record = mediary_stream_side_data_at(stream, index)); index++) {
    if (record->type != type) continue;
    *size = record->size;
    return record->data;
  }
  return NULL;
}

int mediary_add_stream_side_data(AVStream *stream, enum AVPacketSideDataType type,
                                 const void *bytes, size_t size) {
  // Padded, as libav's readers of such data may look a little past the end.
  uint8_t *copy = av_mallocz(size + AV_INPUT_BUFFER_PADDING_SIZE);
  if (!copy) return AVERROR(ENOMEM);
  memcpy(copy, bytes, size);
#if LIBAVFORMAT_VERSION_MAJOR >= 61
  int status = av_packet_side_data_add(&SIDE_DATA(stream), &SIDE_DATA_COUNT(stream), type, copy,
                                       size, 0) ? 0 : AVERROR(ENOMEM);
#else
  int status = av_stream_add_side_data(stream, type, copy, size);
#endif
  if (status < 0) av_free(copy);
  return status;
}

static int refuse_open(AVFormatContext *context, AVIOContext **io, const char *url, int flags,
                       AVDictionary **options) {
  (void)io, (void)flags, (void)options;
  av_log(context, AV_LOG_ERROR, "refused to open %s: a media file must stand by itself\n", url);
  return AVERROR(EACCES);
}

void mediary_refuse_nested_files(AVFormatContext *context) {
  context->io_open = refuse_open;
  // Some demuxers open a second container by themselves and hand on this list, not the callback.
  context->protocol_whitelist = av_strdup("none");
}
