package com.igny8.bank;

/**
 * The file by which a customer shows that they sent the money.
 *
 * @param mediaType of a PDF or a picture, told by what is in it
 * @param encoded what is in it, in Base64
 */
public record BankTransferProof(String fileName, String mediaType, String encoded) {}
