package com.igny8.http;

import org.apache.hc.client5.http.ConnectTimeoutException;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;

/** A call to somebody else's server got no answer; the message is a sentence for its owner. */
public final class OutboundFailure extends Exception {
    private OutboundFailure(String sentence, IOException cause) {
        super(sentence, cause);
    }

    /**
     * @param isOverdue we hung up, since it took too long
     */
    static OutboundFailure of(IOException cause, boolean isOverdue) {
        return new OutboundFailure(isOverdue ? "No answer in time" : sentence(cause), cause);
    }

    private static String sentence(IOException cause) {
        return switch (cause) {
            case UnknownHostException _ -> "The host is unknown, or has no public address";
            case ConnectTimeoutException _ -> "The host cannot be reached";
            case ConnectException _ -> "The host takes no connection there";
            case SocketTimeoutException _ -> "No answer in time";
            case SSLException _ -> "No secure connection: is the certificate in order?";
            default -> "The connection broke off";
        };
    }
}
