//! Registers as svd2rust's generated code has them.
//!
//! Offsets come from the documentation of the accessors of a register block and, for arrays,
//! from its fields or the arithmetic in the accessor; fields from the shifts and masks in the
//! readers and the widths of the writers.
#![forbid(unsafe_code)]

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{Expr, FnArg, ImplItem, ImplItemFn, Item, ItemMod, Lit, Meta, ReturnType, Type, UseTree};

use crate::{Field, Found, Register, normal};

/// Every single register of a generated crate.
pub(crate) fn registers(code: &str) -> Result<Found, String> {
    let file = syn::parse_file(code).map_err(|error| format!("svd2rust's code: {error}"))?;
    let mut found = Found::new();
    for item in &file.items {
        if let Item::Mod(module) = item
            && let Some(scope) = Scope::of(module)
            && scope.structs.contains_key("RegisterBlock")
        {
            let mut list = BTreeSet::new();
            scope.block("RegisterBlock", 0, &mut list)?;
            found.insert(normal(&module.ident.to_string()), list);
        }
    }
    for item in &file.items {
        // `pub use self::uart0 as uart1;`: derived without a change.
        if let Item::Use(import) = item
            && let UseTree::Path(path) = &import.tree
            && let UseTree::Rename(rename) = &*path.tree
            && let Some(list) = found.get(&normal(&rename.ident.to_string())).cloned()
        {
            found.insert(normal(&rename.rename.to_string()), list);
        }
    }
    Ok(found)
}

/// The items of a module by what they are.
struct Scope<'a> {
    modules: BTreeMap<String, &'a ItemMod>,
    structs: BTreeMap<String, &'a syn::ItemStruct>,
    methods: BTreeMap<String, Vec<&'a ImplItemFn>>,
    aliases: BTreeMap<String, &'a syn::ItemType>,
    /// `pub use Sck as Mosi;`: derived without a change.
    renamed: BTreeMap<String, String>,
    items: &'a [Item],
}

impl<'a> Scope<'a> {
    fn of(module: &'a ItemMod) -> Option<Self> {
        let items = &module.content.as_ref()?.1;
        let mut scope = Self {
            modules: BTreeMap::new(),
            structs: BTreeMap::new(),
            methods: BTreeMap::new(),
            aliases: BTreeMap::new(),
            renamed: BTreeMap::new(),
            items,
        };
        for item in items {
            match item {
                Item::Mod(module) => {
                    scope.modules.insert(module.ident.to_string(), module);
                }
                Item::Struct(item) => {
                    scope.structs.insert(item.ident.to_string(), item);
                }
                Item::Type(item) => {
                    scope.aliases.insert(item.ident.to_string(), item);
                }
                Item::Use(item) => {
                    let mut tree = &item.tree;
                    while let UseTree::Path(path) = tree {
                        tree = &path.tree;
                    }
                    if let UseTree::Rename(rename) = tree {
                        scope.renamed.insert(rename.rename.to_string(), rename.ident.to_string());
                    }
                }
                Item::Impl(item) if item.trait_.is_none() => {
                    let methods = item.items.iter().filter_map(|item| match item {
                        ImplItem::Fn(method) => Some(method),
                        _ => None,
                    });
                    scope.methods.entry(text(&item.self_ty)).or_default().extend(methods);
                }
                _ => {}
            }
        }
        Some(scope)
    }

    /// Adds all registers of a block that begins at `start`.
    fn block(&self, name: &str, start: u64, out: &mut BTreeSet<Register>) -> Result<(), String> {
        for method in self.methods.get(name).into_iter().flatten() {
            let Some((kind, range)) = target(method).zip(offsets(method)) else { continue };
            let (first, places) = match method.sig.inputs.len() {
                1 => (range.0, vec![range.0]),
                _ => (range.0, self.places(name, method, range)?),
            };
            debug_assert_eq!(Some(&first), places.first());
            for place in places {
                self.element(&kind, start + place, out)?;
            }
        }
        Ok(())
    }

    /// Where the elements of an array are.
    fn places(
        &self,
        block: &str,
        method: &ImplItemFn,
        range: (u64, u64),
    ) -> Result<Vec<u64>, String> {
        let name = method.sig.ident.to_string();
        let field = self.structs.get(block).into_iter().flat_map(|it| &it.fields);
        let field = field.filter(|field| field.ident.as_ref().is_some_and(|it| *it == name)).last();
        if let Some(Type::Array(array)) = field.map(|field| &field.ty) {
            let count = number(&text(&array.len)).ok_or_else(|| format!("the length of {name}"))?;
            // Of an array that fits one word the documentation has no end.
            let length = if range.1 > range.0 {
                range.1 - range.0
            } else {
                let mut one = BTreeSet::new();
                self.element(&text(&array.elem), 0, &mut one)?;
                count * one.first().map_or(0, |register| u64::from(register.bits / 8))
            };
            let stride = length / count.max(1);
            return Ok((0..count).map(|index| range.0 + index * stride).collect());
        }
        // `[() ; 20] [n] ; … . add (1296) . add (8 * n)`
        let body = text(&method.block);
        let count = body.split_once("[() ;").and_then(|(_, rest)| number(rest.split(']').next()?));
        let stride =
            body.rsplit_once(". add (").and_then(|(_, rest)| number(rest.split('*').next()?));
        let (count, stride) =
            count.zip(stride).ok_or_else(|| format!("the array {name}: {body}"))?;
        Ok((0..count).map(|index| range.0 + index * stride).collect())
    }

    /// A register, or a group of them, at a place.
    fn element(&self, kind: &str, place: u64, out: &mut BTreeSet<Register>) -> Result<(), String> {
        let kind = self.renamed.get(kind).map_or(kind, String::as_str);
        if let Some(alias) = self.aliases.get(kind) {
            // `pub type Uartdr = crate :: Reg < uartdr :: UartdrSpec > ;`
            let target = text(&alias.ty);
            let module =
                target.split('<').nth(1).and_then(|it| it.split("::").next()).map(str::trim);
            let module = module
                .and_then(|name| self.modules.get(name))
                .ok_or_else(|| format!("the register {kind}"))?;
            let scope = Scope::of(module).ok_or_else(|| format!("the module of {kind}"))?;
            out.insert(scope.register(place)?);
            return Ok(());
        }
        // A cluster: its struct stands in a module of nearly its name.
        let module =
            self.modules.values().find(|module| normal(&module.ident.to_string()) == normal(kind));
        let scope = module
            .and_then(|module| Scope::of(module))
            .ok_or_else(|| format!("the cluster {kind}"))?;
        scope.block(kind, place, out)
    }

    /// The register that a module describes.
    fn register(&self, place: u64) -> Result<Register, String> {
        let width = self.items.iter().find_map(|item| match item {
            Item::Impl(item)
                if item.trait_.as_ref().is_some_and(|it| text(&it.1).contains("RegisterSpec")) =>
            {
                item.items.iter().find_map(|item| match item {
                    ImplItem::Type(item) if item.ident == "Ux" => {
                        text(&item.ty).strip_prefix('u')?.parse::<u32>().ok()
                    }
                    _ => None,
                })
            }
            _ => None,
        });
        let bits = width.ok_or("a register without a width")?;
        let mut fields = BTreeSet::new();
        for method in self.methods.get("R").into_iter().flatten() {
            if method.sig.inputs.len() == 1
                && let Some((offset, width)) = bits_read(&text(&method.block), bits)
            {
                fields.insert(Field { name: normal(&method.sig.ident.to_string()), offset, width });
            }
        }
        for method in self.methods.get("W").into_iter().flatten() {
            if method.sig.inputs.len() == 1
                && let Some((offset, width)) = self.bits_written(method)
            {
                fields.insert(Field { name: normal(&method.sig.ident.to_string()), offset, width });
            }
        }
        Ok(Register::new(place, bits, fields.into_iter().collect()))
    }

    /// `NameW :: new (self , 5)` with `type NameW < 'a , REG > = crate :: FieldWriter < 'a , REG , 2 >`.
    fn bits_written(&self, method: &ImplItemFn) -> Option<(u32, u32)> {
        let body = text(&method.block);
        let (kind, rest) = body.trim_start_matches('{').split_once(":: new (self ,")?;
        let offset = u32::try_from(number(rest.split(')').next()?.trim())?).ok()?;
        let alias = text(&self.aliases.get(kind.trim())?.ty);
        if alias.contains("BitWriter") {
            return Some((offset, 1));
        }
        let width = alias.split(',').nth(2)?.trim().trim_end_matches('>').trim();
        Some((offset, u32::try_from(number(width)?).ok()?))
    }
}

/// What an accessor returns, if that is a reference: the name of its type.
fn target(method: &ImplItemFn) -> Option<String> {
    let ReturnType::Type(_, kind) = &method.sig.output else { return None };
    let Type::Reference(reference) = &**kind else { return None };
    let takes_index =
        method.sig.inputs.iter().skip(1).all(|input| matches!(input, FnArg::Typed(_)));
    takes_index
        .then(|| text(&reference.elem).rsplit("::").next().unwrap_or_default().trim().to_owned())
}

/// The range in `#[doc = "0x510..0x5b0 - …"]`; of one register both ends are the same.
fn offsets(method: &ImplItemFn) -> Option<(u64, u64)> {
    method.attrs.iter().find_map(|attribute| {
        let Meta::NameValue(pair) = &attribute.meta else { return None };
        let Expr::Lit(literal) = &pair.value else { return None };
        let Lit::Str(doc) = &literal.lit else { return None };
        let doc = doc.value();
        let range = doc.split(" - ").next()?.trim();
        let (first, last) = range.split_once("..").unwrap_or((range, range));
        Some((number(first)?, number(last)?))
    })
}

/// The shift and the mask in `… self . bits >> 8) & 0x0f …`.
fn bits_read(body: &str, bits: u32) -> Option<(u32, u32)> {
    let (_, rest) = body.split_once("self . bits")?;
    let shift = match rest.trim_start().strip_prefix(">>") {
        Some(rest) => u32::try_from(number(rest.split([')', '&']).next()?.trim())?).ok()?,
        None => 0,
    };
    let width = match rest.split_once('&') {
        Some((_, mask)) => number(mask.split(')').next()?.trim())?.count_ones(),
        None => bits - shift,
    };
    Some((shift, width))
}

/// A literal, with or without prefix, suffix and underscores.
fn number(text: &str) -> Option<u64> {
    let text = text.replace('_', "");
    let text = text.trim().trim_end_matches("usize").trim_end_matches("u8").trim();
    match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}
