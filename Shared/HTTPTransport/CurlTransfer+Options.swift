import CCurl

extension CurlTransfer {
    /// Sets every option; nil, or why libcurl does not take the request.
    func configure() -> HTTPTransportError? {
        let own = plan.mail.map { [setMail($0)] } ?? [setTarget(), setBody(), setPolicy()]
        let results = own + [setTimes(), setCallbacks()]
        guard let refusal = results.first(where: { $0 != CURLE_OK }) else { return nil }
        return failure(refusal)
    }

    private func setTarget() -> CURLcode {
        firstFailure(
            ccurl_set_string(easy, CURLOPT_URL, plan.url),
            setHeaders(plan.headerLines),
            setConnectAddress(),
            ccurl_set_string(easy, CURLOPT_USERAGENT, "StateSet/1"),
            // WHY: OAuth signs the path as it is sent; dots and `!` must stay.
            ccurl_set_long(easy, CURLOPT_PATH_AS_IS, 1))
    }

    private func setBody() -> CURLcode {
        if plan.method == "HEAD" { return ccurl_set_long(easy, CURLOPT_NOBODY, 1) }
        guard let body = plan.body else { return ccurl_set_string(easy, CURLOPT_CUSTOMREQUEST, plan.method) }
        return body.withUnsafeBytes { bytes in
            firstFailure(
                ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count)),
                ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, copyable(bytes)),
                ccurl_set_string(easy, CURLOPT_CUSTOMREQUEST, plan.method))
        }
    }

    /// WHY: an empty array may have no address, and libcurl reads a missing one as "no body".
    private func copyable(_ bytes: UnsafeRawBufferPointer) -> UnsafeMutableRawPointer? {
        UnsafeMutableRawPointer(mutating: bytes.baseAddress ?? UnsafeRawPointer(easy))
    }

    private func setPolicy() -> CURLcode {
        firstFailure(
            ccurl_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https"),
            ccurl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0),
            ccurl_set_long(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1),
            ccurl_set_string(easy, CURLOPT_PROXY, ""),
            ccurl_set_string(easy, CURLOPT_NOPROXY, "*"),
            ccurl_set_string(easy, CURLOPT_ACCEPT_ENCODING, ""),
            ccurl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS)),
            ccurl_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1),
            // WHY: signals belong to the process, never to a library.
            ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1))
    }

    private func setTimes() -> CURLcode {
        firstFailure(
            ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, plan.timeout.curlMilliseconds),
            ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, limits.connectTimeout.curlMilliseconds))
    }

    private func setCallbacks() -> CURLcode {
        // SAFETY: unretained is enough: the loop holds the transfer until the handle has left the multi handle.
        let context = Unmanaged.passUnretained(self).toOpaque()
        return firstFailure(
            ccurl_set_pointer(easy, CURLOPT_PRIVATE, context),
            ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context),
            ccurl_set_data_callback(easy, CURLOPT_WRITEFUNCTION, curlReceiveBody),
            ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context),
            ccurl_set_data_callback(easy, CURLOPT_HEADERFUNCTION, curlReceiveHeader),
            ccurl_set_pointer(easy, CURLOPT_PREREQDATA, context),
            ccurl_set_prerequest_callback(easy, curlBeforeRequest))
    }

    func firstFailure(_ codes: CURLcode...) -> CURLcode {
        codes.first { $0 != CURLE_OK } ?? CURLE_OK
    }
}

extension Duration {
    /// Whole milliseconds, at least one: zero means "no limit" to libcurl.
    fileprivate var curlMilliseconds: Int {
        let (seconds, attoseconds) = components
        let milliseconds = Int(clamping: seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
        return max(1, min(milliseconds, Int(Int32.max)))
    }
}
