import Commerce

extension RefundReader.Record {
    var json: JSON {
        [
            "id": .id(id), "order_id": .id(orderID), "return_id": .id(returnID), "status": .string(status),
            "amount": .string(amount.decimalString), "currency": .string(amount.currency.code),
            "books": books.map(Self.money) ?? .null,
            "resolution": .string(resolution.rawValue), "reason": .text(reason),
            "calculation": calculation.map(JSON.raw) ?? .null, "provider": .text(provider),
            "external_id": .text(externalID), "error": error.map(JSON.raw) ?? .null,
            "effect": effect?.json ?? .null, "created_at": .time(createdAt), "updated_at": .time(updatedAt),
        ]
    }
}

extension RefundReader.Record {
    fileprivate static func money(_ money: Money) -> JSON {
        ["amount": .string(money.decimalString), "currency": .string(money.currency.code)]
    }
}

extension LedgerReader.Record {
    var json: JSON {
        [
            "postings": .array(postings.map(json)), "tenders": .array(tenders.map(json)),
            "exchanged": amount(exchanged),
        ]
    }

    private func amount(_ minorUnits: Int64) -> JSON {
        guard let currency else { return .string("\(minorUnits)") }
        return .string(Money(minorUnits: minorUnits, currency: currency).decimalString)
    }

    private func json(_ posting: LedgerReader.Posting) -> JSON {
        [
            "at": .time(posting.at), "account": .string(posting.account), "tender": .text(posting.tender?.description),
            "debit": amount(posting.debit), "credit": amount(posting.credit), "cause": .string(posting.cause),
            "kind": .string(posting.kind),
        ]
    }

    private func json(_ tender: TenderBalance) -> JSON {
        [
            "id": .string("\(tender.id)"), "kind": .string(tender.kind), "captured": amount(tender.captured),
            "refunded": amount(tender.refunded), "pending": amount(tender.pending),
            "disputed_by": .text(tender.disputedBy),
        ]
    }
}
