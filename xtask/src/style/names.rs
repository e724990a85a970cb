//! Names that hide what kind of address they hold.
//!
//! An address is a CPU pointer, an IOVA or an offset; `addr` and `phys` say none of it. Only what
//! is declared here is looked at: other people's functions are called by their names.

use syn::visit::{self, Visit};

use super::Breach;
use crate::source::Source;

/// Parts of names, between underscores, that are not used.
const BANNED: [&str; 2] = ["addr", "phys"];

/// Checks the names that a source declares.
pub(super) fn check(source: &Source) -> Vec<Breach> {
    let mut names = Names::default();
    names.visit_file(&source.tree);
    names.breaches
}

#[derive(Default)]
struct Names {
    breaches: Vec<Breach>,
}

impl Names {
    fn declared(&mut self, name: &syn::Ident) {
        let text = name.to_string().to_ascii_lowercase();
        if text.split('_').any(|part| BANNED.contains(&part)) {
            let what = format!("`{name}`: say which address: iova, cpu, device or offset");
            self.breaches.push((name.span().start().line, what));
        }
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_pat_ident(&mut self, node: &'ast syn::PatIdent) {
        self.declared(&node.ident);
        visit::visit_pat_ident(self, node);
    }

    fn visit_field(&mut self, node: &'ast syn::Field) {
        if let Some(name) = &node.ident {
            self.declared(name);
        }
        visit::visit_field(self, node);
    }

    fn visit_signature(&mut self, node: &'ast syn::Signature) {
        self.declared(&node.ident);
        visit::visit_signature(self, node);
    }

    fn visit_item_const(&mut self, node: &'ast syn::ItemConst) {
        self.declared(&node.ident);
        visit::visit_item_const(self, node);
    }

    fn visit_item_mod(&mut self, node: &'ast syn::ItemMod) {
        self.declared(&node.ident);
        visit::visit_item_mod(self, node);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::breaches;

    // Declared names are looked at: bindings, parameters, fields, functions, constants.
    #[test]
    fn declared_names_are_looked_at() {
        for text in [
            "fn f() { let addr = 1; }",
            "fn f(phys_start: u64) {}",
            "struct S { dma_addr: u64 }",
            "fn phys() {}",
            "const BASE_ADDR: u64 = 1;",
            "fn f() { g(|addr| addr) }",
        ] {
            let found = breaches("x.rs", &format!("//! One noun.\n{text}\n"));
            assert_eq!(found.len(), 1, "{text}: {found:?}");
        }
    }

    // Names of others may be called, and longer words are other words.
    #[test]
    fn other_names_are_free() {
        let text = "//! One noun.\nfn address() { p.addr(); core::ptr::addr_of!(x); physics() }\n";
        assert_eq!(breaches("x.rs", text), []);
    }
}
