//! The WSDL of the calls: document/literal, wrapped, as SOAP libraries read it.

use std::fmt::Write as _;

use super::tables::{Member, Table, calls, headers, types};
use super::write::{PARTNER, SOBJECT};

/// The WSDL, for an address.
pub(super) fn wsdl(address: &str) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<definitions name=\"omnic\" targetNamespace=\"{PARTNER}\" \
         xmlns=\"http://schemas.xmlsoap.org/wsdl/\" xmlns:soap=\"http://schemas.xmlsoap.org/wsdl/soap/\" \
         xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:tns=\"{PARTNER}\" xmlns:ens=\"{SOBJECT}\">\n<types>\n"
    );
    // Writing to a string does not fail.
    let _ = write!(
        text,
        "<xsd:schema elementFormDefault=\"qualified\" targetNamespace=\"{SOBJECT}\">\n\
         <xsd:complexType name=\"sObject\"><xsd:sequence>\n\
         <xsd:element name=\"type\" type=\"xsd:string\"/>\n\
         <xsd:element name=\"fieldsToNull\" type=\"xsd:string\" nillable=\"true\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>\n\
         <xsd:element name=\"Id\" type=\"xsd:string\" nillable=\"true\" minOccurs=\"0\"/>\n\
         <xsd:any namespace=\"##targetNamespace\" minOccurs=\"0\" maxOccurs=\"unbounded\" processContents=\"lax\"/>\n\
         </xsd:sequence></xsd:complexType>\n</xsd:schema>\n\
         <xsd:schema elementFormDefault=\"qualified\" targetNamespace=\"{PARTNER}\">\n<xsd:import namespace=\"{SOBJECT}\"/>\n\
         <xsd:simpleType name=\"ID\"><xsd:restriction base=\"xsd:string\"><xsd:maxLength value=\"18\"/></xsd:restriction></xsd:simpleType>\n"
    );
    for kind in types() {
        let _ = writeln!(text, "<xsd:complexType name=\"{}\">{}</xsd:complexType>", kind.name, sequence(&kind.members));
    }
    for header in headers() {
        element(&mut text, header.name, &header.members);
    }
    for call in calls() {
        element(&mut text, call.name, &call.members);
        element(&mut text, &format!("{}Response", call.name), call.result.as_slice());
    }
    text.push_str("</xsd:schema>\n</types>\n<message name=\"Header\">\n");
    for header in headers() {
        let _ = writeln!(text, "<part name=\"{0}\" element=\"tns:{0}\"/>", header.name);
    }
    text.push_str("</message>\n");
    for call in calls() {
        for (suffix, element) in [("Request", String::new()), ("Response", "Response".to_owned())] {
            let _ = writeln!(
                text,
                "<message name=\"{0}{suffix}\"><part name=\"parameters\" element=\"tns:{0}{element}\"/></message>",
                call.name
            );
        }
    }
    text.push_str("<portType name=\"Soap\">\n");
    for Table { name, .. } in calls() {
        let _ = writeln!(
            text,
            "<operation name=\"{name}\"><input message=\"tns:{name}Request\"/><output message=\"tns:{name}Response\"/></operation>"
        );
    }
    text.push_str(
        "</portType>\n<binding name=\"SoapBinding\" type=\"tns:Soap\">\n\
         <soap:binding style=\"document\" transport=\"http://schemas.xmlsoap.org/soap/http\"/>\n",
    );
    let header =
        |table: &Table| format!("<soap:header use=\"literal\" message=\"tns:Header\" part=\"{}\"/>", table.name);
    let all: String = headers().iter().map(header).collect();
    for Table { name, .. } in calls() {
        let _ = writeln!(
            text,
            "<operation name=\"{name}\"><soap:operation soapAction=\"\"/><input>{all}<soap:body parts=\"parameters\" use=\"literal\"/>\
             </input><output><soap:body use=\"literal\"/></output></operation>"
        );
    }
    let _ = write!(
        text,
        "</binding>\n<service name=\"SforceService\"><port name=\"Soap\" binding=\"tns:SoapBinding\">\
         <soap:address location=\"{}\"/></port></service>\n</definitions>\n",
        crate::xml::escape(address).replace('"', "&quot;")
    );
    text
}

fn element(text: &mut String, name: &str, members: &[Member]) {
    let _ = writeln!(
        text,
        "<xsd:element name=\"{name}\"><xsd:complexType>{}</xsd:complexType></xsd:element>",
        sequence(members)
    );
}

fn sequence(members: &[Member]) -> String {
    let of = |member: &Member| {
        let prefix = match member.kind {
            "string" | "boolean" | "int" | "dateTime" => "xsd",
            "sObject" => "ens",
            _ => "tns",
        };
        let least = if member.many || member.optional { " minOccurs=\"0\"" } else { "" };
        let most = if member.many { " maxOccurs=\"unbounded\"" } else { "" };
        // A record that is not there is an element without a value.
        let nillable = if member.optional || member.kind == "sObject" { " nillable=\"true\"" } else { "" };
        format!("<xsd:element name=\"{}\" type=\"{prefix}:{}\"{least}{most}{nillable}/>", member.name, member.kind)
    };
    format!("<xsd:sequence>{}</xsd:sequence>", members.iter().map(of).collect::<String>())
}
