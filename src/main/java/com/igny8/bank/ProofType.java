package com.igny8.bank;

import com.igny8.kernel.Problem;

import java.util.Arrays;
import java.util.HexFormat;

/** What the proof of a bank transfer can be; told by its content, not by its name. */
enum ProofType {
    PDF("application/pdf", "255044462d"),
    PNG("image/png", "89504e470d0a1a0a"),
    JPEG("image/jpeg", "ffd8ff");

    static final int MAX_BYTES = 5 * 1024 * 1024;

    private final String mediaType;
    private final String start;

    ProofType(String mediaType, String start) {
        this.mediaType = mediaType;
        this.start = start;
    }

    String mediaType() {
        return mediaType;
    }

    /** What a file is; refused where it is none of them, or too large. */
    static ProofType require(byte[] content) {
        if (content.length > MAX_BYTES) {
            throw Problem.of(413, "file_too_large", "The file is larger than 5 MB");
        }
        return Arrays.stream(values())
                .filter(type -> type.begins(content))
                .findFirst()
                .orElseThrow(
                        () -> Problem.invalid("file", "Send a PDF, or a picture as PNG or JPEG"));
    }

    private boolean begins(byte[] content) {
        byte[] wanted = HexFormat.of().parseHex(start);
        return content.length > wanted.length
                && Arrays.equals(content, 0, wanted.length, wanted, 0, wanted.length);
    }
}
