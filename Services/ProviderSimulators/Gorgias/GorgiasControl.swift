import Foundation

/// What customers do, and what they see.
extension GorgiasSimulator {
    mutating func control(_ request: SimulatedRequest) -> SimulatedResponse? {
        Self.controls.answer(request, &self)
    }

    private static let controls = RouteTable<GorgiasSimulator>([
        Route("POST", "tickets") { try $0.writeIn($1) },
        Route("GET", "tickets/{id}") { .json(try $0.ticket($1.id("id")).json()) },
        Route("GET", "tickets/{id}/customer") { .json(try $0.ticket($1.id("id")).customerView()) },
        Route("POST", "tickets/{id}/messages") { try $0.answerAsCustomer($1) },
        Route("GET", "uploads") { state, _ in .json(["data": .array(state.uploads)]) },
    ])

    /// `{"customer_email","customer_name","subject","body","language"}`: a customer writes to the shop.
    private mutating func writeIn(_ call: Call) throws -> SimulatedResponse {
        let body = call.request.json
        guard let email = body["customer_email"].string, email.contains("@") else {
            throw Refusal(response: .problem(422, "customer_email names who writes."))
        }
        var ticket = newTicket(
            email: email, name: body["customer_name"].string, subject: body["subject"].string ?? "A question",
            channel: "email", now: call.request.now)
        if let language = body["language"].string { ticket.language = language }
        keep(ticket, event: "ticket-created", now: call.request.now)
        return try write(body["body"].string ?? "Hello", on: ticket.id, call)
    }

    /// `{"body"}`
    private mutating func answerAsCustomer(_ call: Call) throws -> SimulatedResponse {
        guard let text = call.request.json["body"].string, !text.isEmpty else {
            throw Refusal(response: .problem(422, "body holds what the customer writes."))
        }
        return try write(text, on: try ticket(call.id("id")).id, call)
    }

    private mutating func write(_ text: String, on id: Int, _ call: Call) throws -> SimulatedResponse {
        let customer = try ticket(id).customer
        let message: JSONObject = JSONObject([
            ("channel", "email"), ("via", "email"), ("from_agent", false), ("body_text", .string(text)),
            ("body_html", .string("<p>\(text.replacing("&", with: "&amp;").replacing("<", with: "&lt;"))</p>")),
            ("sender", ["id": .int(customer.id), "email": .string(customer.email)]),
            (
                "source",
                [
                    "type": "email", "from": ["address": .string(customer.email), "name": .string(customer.name)],
                    "to": [["address": .string(settings.fromAddress)]],
                ]
            ),
        ])
        let draft = try GorgiasMessageDraft(
            StrictFields(object: message, refuse: Refusal.gorgias), now: call.request.now)
        _ = try add(draft, to: id, now: call.request.now)
        return .json(try ticket(id).json(), status: 201)
    }
}
