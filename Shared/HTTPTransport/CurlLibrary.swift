import CCurl

/// Process-wide set-up of libcurl.
enum CurlLibrary {
    private static let started: CURLcode = curl_global_init(Int(CURL_GLOBAL_ALL))

    /// Sets libcurl up on the first call.
    static func start() {
        precondition(started == CURLE_OK, "libcurl cannot start")
    }
}
