import CCurl

/// libcurl calls these on the client's thread while a transfer is in the multi handle; each copies what it is given.
func curlReceiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    receive(bytes, size * count, context) { $0.receive(body: $1) }
}

func curlReceiveHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    receive(bytes, size * count, context) { $0.receive(headerLine: $1) }
}

/// Called each time a connection is ready and the request is about to go out.
func curlBeforeRequest(
    _ context: UnsafeMutableRawPointer?, _ remoteAddress: UnsafeMutablePointer<CChar>?,
    _ localAddress: UnsafeMutablePointer<CChar>?, _ remotePort: Int32, _ localPort: Int32
) -> Int32 {
    guard let context else { return CURL_PREREQFUNC_ABORT }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    return transfer.maySend && transfer.isConnected(to: remoteAddress) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

/// Returns what libcurl expects: the number of bytes when they were taken, otherwise another number.
private func receive(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
    by take: (CurlTransfer, UnsafeBufferPointer<UInt8>) -> Bool
) -> Int {
    guard count > 0 else { return 0 }
    guard let bytes, let context else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    return bytes.withMemoryRebound(to: UInt8.self, capacity: count) { start in
        take(transfer, UnsafeBufferPointer(start: start, count: count)) ? count : 0
    }
}
