import Foundation

/// Customer records.
extension NetSuiteSimulator {
    mutating func createCustomer(_ call: Call) throws -> SimulatedResponse {
        let body = try customerBody(call)
        let external = body["externalId"]?.scalarText
        if let external, customers.contains(where: { $0.externalID == external }) { throw Refusal.alreadyExists }
        let isNamed = body["companyName"]?.string != nil || body["lastName"]?.string != nil
        guard isNamed else { throw Refusal.missing("Company Name or Last Name", path: "companyName") }
        if let subsidiary = body["subsidiary"], Self.reference(subsidiary) != 1 {
            throw Refusal.invalidValue(Self.shown(subsidiary), path: "subsidiary")
        }
        if let name = body["entityId"]?.string, customers.contains(where: { $0.fields["entityId"]?.string == name }) {
            throw Refusal.netsuite(
                400, "UNIQUE_CUST_ID_REQD", "A customer record with this ID already exists.", path: "entityId")
        }
        let customer = NetSuiteCustomer(
            id: customerID.take(), externalID: external, fields: body.without(["externalId", "id", "links"]))
        customers.append(customer)
        return SimulatedResponse(status: 204).adding(
            "Location", "\(call.request.origin)\(call.request.prefix)/record/v1/customer/\(customer.id)")
    }

    mutating func patchCustomer(_ call: Call) throws -> SimulatedResponse {
        let body = try customerBody(call)
        let customer = try customerRecord(call["id"])
        guard let index = customers.firstIndex(where: { $0.id == customer.id }) else {
            throw Refusal.nonexistent(call["id"])
        }
        customers[index].fields = customer.fields.merging(body.without(["externalId", "id", "links"]))
        return SimulatedResponse(status: 204)
    }

    func customerRecord(_ name: String) throws -> NetSuiteCustomer {
        let found =
            name.hasPrefix("eid:")
            ? customers.first { $0.externalID == String(name.dropFirst(4)) } : customer(Int(name))
        guard let found else { throw Refusal.nonexistent(name) }
        return found
    }

    private func customerBody(_ call: Call) throws -> JSONObject {
        guard let object = call.request.json.object else {
            throw Refusal.netsuite(400, "INVALID_CONTENT", "The body must be a JSON object.")
        }
        let body = try NetSuiteProperties.customer.accepted(object, strict: Self.strict(call.request))
        if let email = body["email"]?.string, !email.contains("@") {
            throw Refusal.invalidValue(email, path: "email")
        }
        return body
    }
}
