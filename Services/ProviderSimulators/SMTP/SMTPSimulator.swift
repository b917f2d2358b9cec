import Foundation

/// A mailbox that takes every mail.
struct SMTPSimulator: SimulatedProvider {
    static let name = "smtp"

    // LIMIT: messages kept, oldest first out.
    private static let messagesMax = 5_000

    private var messages: [JSON] = []
    private var number = IDCounter(1)

    init() {}

    mutating func respond(to request: SimulatedRequest) -> SimulatedResponse {
        guard request.method == "DATA" else { return .problem(404, "Mails come over SMTP, not over HTTP.") }
        guard let mail = ReceivedMail(request.bytes) else {
            return Self.answer(554, "5.6.0 The message is malformed")
        }
        let id = number.take()
        let recipients = request.headers.filter { $0.name == "recipient" }.map { JSON.string($0.value) }
        let envelope = JSONObject([
            ("id", .int(id)), ("at", .string(Timestamps.utc(request.now))),
            ("envelope_from", .text(request.header("sender"))), ("envelope_to", .array(recipients)),
        ])
        messages.append(.object(envelope.merging(mail.json)))
        if messages.count > Self.messagesMax { messages.removeFirst(Self.messagesMax / 10) }
        return Self.answer(250, "2.0.0 OK queued as \(id)")
    }

    mutating func control(_ request: SimulatedRequest) -> SimulatedResponse? {
        guard request.method == "GET", request.path == "/messages" else { return nil }
        return .json(["data": .array(messages)])
    }

    func snapshot() -> JSON { ["messages": .array(messages)] }

    mutating func reset() { messages = [] }

    mutating func takeEffects() -> [ProviderEffect<Never>] { [] }

    private static func answer(_ code: Int, _ text: String) -> SimulatedResponse {
        SimulatedResponse(status: code, body: .text(text, contentType: "text/plain"))
    }

    /// As it goes over the wire. A fault's status is an SMTP code: 451, 552.
    static func line(_ response: SimulatedResponse) -> String {
        let text = String(decoding: response.bytes, as: UTF8.self)
            .filter { !$0.isNewline }.prefix(400)
        return "\(response.status) \(text.isEmpty ? "as asked for by a fault" : text)\r\n"
    }
}
