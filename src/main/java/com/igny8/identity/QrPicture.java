package com.igny8.identity;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code as one path of an SVG.
 *
 * @param size of the view box, the quiet zone that cameras need included
 */
record QrPicture(int size, String path) {
    private static final int QUIET_ZONE = 4;

    static QrPicture of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M').append(x + QUIET_ZONE).append(' ').append(y + QUIET_ZONE);
                    path.append("h1v1h-1z");
                }
            }
        }
        return new QrPicture(code.size + 2 * QUIET_ZONE, path.toString());
    }
}
