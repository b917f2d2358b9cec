/// A file as `multipart/form-data` (RFC 7578).
struct GorgiasUpload {
    let body: [UInt8]
    let contentType: String

    init(_ attachment: HelpdeskAttachment) {
        // WHY: taken from the file, so that equal files give equal requests and the boundary is not in the file.
        let boundary = "stateset-\(BodyHash.hex(attachment.bytes).prefix(32))"
        let head =
            "--\(boundary)\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"\(attachment.name)\"\r\n"
            + "Content-Type: \(attachment.contentType)\r\n\r\n"
        body = Array(head.utf8) + attachment.bytes + Array("\r\n--\(boundary)--\r\n".utf8)
        contentType = "multipart/form-data; boundary=\(boundary)"
    }
}
