// What libav keeps in macros, and what differs between its versions.
#include "shim.h"

#include <errno.h>

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

const uint8_t *mediary_stream_side_data(const AVStream *stream, enum AVPacketSideDataType type,
                                        size_t *size) {
#if LIBAVFORMAT_VERSION_MAJOR >= 61
  const AVPacketSideData *list = stream->codecpar->coded_side_data;
  int count = stream->codecpar->nb_coded_side_data;
#else
  const AVPacketSideData *list = stream->side_data;
  int count = stream->nb_side_data;
#endif
  for (int index = 0; index < count; index++) {
    if (list[index].type != type) continue;
    *size = list[index].size;
    return list[index].data;
  }
  return NULL;
}

static int refuse_open(AVFormatContext *context, AVIOContext **io, const char *url, int flags,
                       AVDictionary **options) {
  (void)io, (void)flags, (void)options;
  av_log(context, AV_LOG_ERROR, "refused to open %s: a media file must stand by itself\n", url);
  return AVERROR(EACCES);
}

void mediary_refuse_nested_files(AVFormatContext *context) { context->io_open = refuse_open; }
