package com.igny8.bank;

import com.igny8.kernel.Problem;

import org.springframework.web.multipart.MultipartFile;

import java.io.IOException;

/** Files as they are uploaded. */
final class BankTransferFiles {
    private BankTransferFiles() {}

    static String name(MultipartFile file) {
        String name = file.getOriginalFilename();
        return name == null ? "" : name;
    }

    static byte[] content(MultipartFile file) {
        try {
            return file.getBytes();
        } catch (IOException unreadable) {
            throw Problem.invalid("file", "The file did not arrive whole: send it again");
        }
    }
}
