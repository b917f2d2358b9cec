import Foundation

/// What people do in the books, and what becomes of the connection.
extension QuickBooksSimulator {
    mutating func control(_ request: SimulatedRequest) -> SimulatedResponse? {
        Self.controls.answer(request, &self)
    }

    private static let controls = RouteTable<QuickBooksSimulator>([
        Route("POST", "customers") { try $0.addCustomer($1) },
        Route("DELETE", "documents/{id}") { try $0.deleteByHand($1) },
        Route("POST", "documents/{id}/edit") { try $0.editByHand($1) },
        Route("POST", "tokens/expire") { state, _ in
            state.tokens.expire()
            return SimulatedResponse(status: 204)
        },
        Route("POST", "disconnect") { state, _ in
            state.tokens.disconnect()
            return SimulatedResponse(status: 204)
        },
        Route("POST", "connect") { state, _ in
            state.tokens.reconnect()
            return SimulatedResponse(status: 204)
        },
    ])

    private mutating func addCustomer(_ call: Call) throws -> SimulatedResponse {
        guard let email = call.request.json["email"].string, !email.isEmpty else {
            throw Refusal(response: .problem(422, "email names the customer."))
        }
        let customer = Self.customer(customerNumber.take(), email)
        customers.append(customer)
        return .json(customer, status: 201)
    }

    private mutating func deleteByHand(_ call: Call) throws -> SimulatedResponse {
        remove(try byHand(call), now: call.request.now)
        return SimulatedResponse(status: 204)
    }

    /// Somebody else changes a document, so that what was read of it is old: `{"PrivateNote":"…"}`.
    private mutating func editByHand(_ call: Call) throws -> SimulatedResponse {
        var document = try byHand(call)
        if let note = call.request.json["PrivateNote"].string { document.fields["PrivateNote"] = .string(note) }
        document.version += 1
        document.updatedAt = call.request.now
        documents[document.id] = document
        announce(document, "Update", now: call.request.now)
        return .json(document.json())
    }

    private func byHand(_ call: Call) throws -> QuickBooksDocument {
        guard let id = call.id("id"), let document = documents[id] else {
            throw Refusal(response: .problem(404, "There is no document \(call["id"])."))
        }
        return document
    }
}
