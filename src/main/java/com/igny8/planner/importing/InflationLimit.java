package com.igny8.planner.importing;

import com.igny8.planner.importing.UnreadableFile.Reason;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stops a zip bomb: counts what really comes out of an archive, whatever it declares. */
final class InflationLimit {
    static final long BYTES_MAX = 256L << 20;

    /** A sheet of numbers shrinks to a thirtieth; only repetition made on purpose to a 200th. */
    private static final int RATIO_MAX = 200;

    /** Small parts may be very repetitive and still do no harm. */
    private static final long RATIO_FREE_BYTES = 4L << 20;

    private long bytesOfAll;

    InputStream of(InputStream inflating, long compressedBytes) {
        return new Counted(inflating, compressedBytes);
    }

    static UnreadableFile tooLarge() {
        return new UnreadableFile(
                Reason.TOO_LARGE, "The workbook unpacks to far more than a list of keywords.");
    }

    private final class Counted extends FilterInputStream {
        private final long bytesAllowed;
        private long bytes;

        Counted(InputStream inflating, long compressedBytes) {
            super(inflating);
            bytesAllowed = Math.max(RATIO_FREE_BYTES, compressedBytes * RATIO_MAX);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) {
            bytes += read;
            bytesOfAll += read;
            if (bytes > bytesAllowed || bytesOfAll > BYTES_MAX) {
                throw tooLarge();
            }
        }
    }
}
