package com.igny8.http;

import com.igny8.kernel.Problem;

import org.springframework.web.multipart.MultipartFile;

import java.io.IOException;

/** A file as it was uploaded, small enough to be held in memory. */
public record UploadedFile(MultipartFile file) {

    /** As its sender calls it; empty where they do not. */
    public String name() {
        String name = file.getOriginalFilename();
        return name == null ? "" : name;
    }

    /** What is in it; 400 on {@code file} where it did not arrive whole. */
    public byte[] content() {
        try {
            return file.getBytes();
        } catch (IOException unreadable) {
            throw Problem.invalid("file", "The file did not arrive whole: send it again");
        }
    }
}
