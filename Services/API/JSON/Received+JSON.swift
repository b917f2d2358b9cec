import Foundation

extension ReceivedReader.Received {
    var json: JSON {
        [
            "id": .id(id),
            "provider": .string(provider),
            "topic": .text(topic),
            "delivery_id": .text(deliveryID),
            "event_id": .text(eventID),
            "status": .string(status),
            "reason": .text(reason),
            "duplicates": .int(duplicates),
            "last_duplicate_at": .time(lastDuplicateAt),
            "received_at": .time(receivedAt),
        ]
    }

    func json(with payload: ReceivedReader.Payload?) -> JSON {
        json.adding([
            .init(name: "headers", value: payload.map { .raw($0.headers) } ?? .null),
            .init(name: "payload", value: payload.map { StoredBody.json($0.body) } ?? .null),
        ])
    }
}

/// A body as it was kept: JSON as it is, other text as a string, bytes that are neither in base64.
enum StoredBody {
    static func json(_ bytes: [UInt8]) -> JSON {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return ["base64": .string(Data(bytes).base64EncodedString())]
        }
        let isJSON = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
        return isJSON ? .raw(text) : .string(text)
    }
}
