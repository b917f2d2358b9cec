import CCurl

extension CurlTransfer {
    /// Sets the options of a mail; the times and callbacks are those of every exchange.
    func setMail(_ mail: CurlMailPlan) -> CURLcode {
        recipientList = curl_slist_append(nil, mail.recipient)
        // SAFETY: unretained is enough: the loop holds the transfer until the handle has left the multi handle.
        let context = Unmanaged.passUnretained(self).toOpaque()
        return firstFailure(
            ccurl_set_string(easy, CURLOPT_URL, mail.url),
            ccurl_set_string(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
            ccurl_set_long(easy, CURLOPT_USE_SSL, mail.wantsSTARTTLS ? Int(CURLUSESSL_ALL.rawValue) : 0),
            mail.username.map { ccurl_set_string(easy, CURLOPT_USERNAME, $0) } ?? CURLE_OK,
            mail.password.map { ccurl_set_string(easy, CURLOPT_PASSWORD, $0) } ?? CURLE_OK,
            ccurl_set_long(easy, CURLOPT_SASL_IR, 1),
            ccurl_set_string(easy, CURLOPT_MAIL_FROM, mail.sender),
            ccurl_set_list(easy, CURLOPT_MAIL_RCPT, recipientList),
            ccurl_set_long(easy, CURLOPT_UPLOAD, 1),
            // WHY: no size. With one libcurl ends a message that has it without asking for more, and whether its end was
            // sent could not be told.
            ccurl_set_pointer(easy, CURLOPT_READDATA, context),
            ccurl_set_data_callback(easy, CURLOPT_READFUNCTION, curlSendBody),
            // A connection of its own: whether an old one still stands cannot be told before the mail is under way.
            ccurl_set_long(easy, CURLOPT_FRESH_CONNECT, 1), ccurl_set_long(easy, CURLOPT_FORBID_REUSE, 1),
            ccurl_set_string(easy, CURLOPT_PROXY, ""), ccurl_set_string(easy, CURLOPT_NOPROXY, "*"),
            // Source: our SMTP profile: the answer to the end of the message may take longest.
            ccurl_set_long(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, 120), ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1))
    }

    /// Whether a mail server refuses us for good before it was told of the mail: at its greeting (RFC 5321, 3.1), at
    /// `EHLO` or at `STARTTLS`.
    func isRefusalOfService(_ result: CURLcode, _ status: Int) -> Bool {
        plan.mail != nil && status >= 500
            && [CURLE_WEIRD_SERVER_REPLY, CURLE_REMOTE_ACCESS_DENIED, CURLE_USE_SSL_FAILED].contains(result)
    }

    /// Hands over the next part of the message; none means that its end is sent next.
    func send(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        guard let message = plan.mail?.message else { return 0 }
        let part = message[sentCount...].prefix(buffer.count)
        for (index, byte) in part.enumerated() { buffer[index] = byte }
        sentCount += part.count
        if part.isEmpty { isEndSent = true }
        return part.count
    }
}

func curlSendBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    return bytes.withMemoryRebound(to: UInt8.self, capacity: size * count) { start in
        transfer.send(into: UnsafeMutableBufferPointer(start: start, count: size * count))
    }
}
