import Foundation

/// Files: raw bytes, each waiting under a token for one comment.
extension ZendeskSimulator {
    // Reports range from an hour to three days; the shortest is the safe one.
    private static let tokenSeconds = 3600.0
    // The provider's own bound.
    private static let bytesMax = 50 * 1024 * 1024

    mutating func upload(_ call: Call) throws -> SimulatedResponse {
        let request = call.request
        guard let name = request.query("filename"), !name.isEmpty else {
            throw Refusal.zendesk(400, "ParameterMissing", "filename is missing")
        }
        let type = request.header("content-type") ?? "application/octet-stream"
        guard !type.hasPrefix("multipart/"), !request.bytes.isEmpty, request.bytes.count <= Self.bytesMax else {
            throw Refusal.zendesk(422, "AttachmentInvalid", "The body must be the bytes of one file.")
        }
        let attachment = attachment(name, type, request)
        let token = request.query("token") ?? newToken()
        if request.query("token") != nil, uploads[token] == nil { throw Refusal.zendeskNotFound }
        let expiresAt = request.now.addingTimeInterval(Self.tokenSeconds)
        uploads[token] = Upload(attachments: (uploads[token]?.attachments ?? []) + [attachment], expiresAt: expiresAt)
        return .json(
            [
                "upload": [
                    "token": .string(token), "expires_at": .string(ZendeskTicket.moment(expiresAt)),
                    "attachment": attachment, "attachments": .array(uploads[token]?.attachments ?? []),
                ]
            ], status: 201)
    }

    mutating func deleteUpload(_ call: Call) throws -> SimulatedResponse {
        guard uploads.removeValue(forKey: call["token"]) != nil else { throw Refusal.zendeskNotFound }
        return SimulatedResponse(status: 204)
    }

    private mutating func attachment(_ name: String, _ type: String, _ request: SimulatedRequest) -> JSON {
        let id = attachmentID.take()
        let url = "\(request.origin)\(request.prefix)/attachments/\(id)/\(PercentEncoding.encode(name))"
        return [
            "id": .int(id), "file_name": .string(name), "content_url": .string(url), "mapped_content_url": .string(url),
            "content_type": .string(type), "size": .int(request.bytes.count), "thumbnails": [],
        ]
    }

    private mutating func newToken() -> String { "upl\(String(attachmentID.take() * 7919, radix: 36))" }
}
