//! The rates as a drawing: one panel a direction, lengths across, rates upwards.
//!
//! Colour says memory and IOMMU, dots or a plain line how the end was waited for. Both axes are
//! logarithmic: what a transfer costs by itself shows on the left, what a byte costs on the right.
#![forbid(unsafe_code)]

use plotters::coord::Shift;
use plotters::prelude::*;

use super::measure::Point;
use super::plan::{Pages, Source, Wait};
use super::table::{Table, length};

type Failed = Box<dyn std::error::Error>;

const WIDTH: u32 = 1200;
const HEIGHT: u32 = 640;
/// Below the panels: the legend.
const LEGEND: u32 = 130;
const FONT: &str = "sans-serif";

/// One line of the drawing.
#[derive(Clone, Copy, PartialEq)]
struct Series {
    translated: bool,
    pages: Pages,
    source: Source,
    wait: Wait,
}

impl Series {
    const fn of(point: &Point) -> Self {
        let Point { translated, pages, source, wait, .. } = *point;
        Self { translated, pages, source, wait }
    }

    fn name(self) -> String {
        let iommu = if self.translated { "IOMMU on" } else { "IOMMU off" };
        format!(
            "{iommu}, {} pages, {}, {}",
            self.pages.name(),
            self.source.name(),
            self.wait.name()
        )
    }

    /// Colours that also differ for those who see few.
    const fn colour(self) -> RGBColor {
        match (self.translated, self.source, self.pages) {
            (true, Source::Pooled, Pages::Small) => RGBColor(0x00, 0x72, 0xb2),
            (true, Source::Pooled, Pages::Large) => RGBColor(0x56, 0xb4, 0xe9),
            (true, Source::Mapped, Pages::Small) => RGBColor(0xd5, 0x5e, 0x00),
            (true, Source::Mapped, Pages::Large) => RGBColor(0xe6, 0x9f, 0x00),
            (false, Source::Pooled, Pages::Small) => RGBColor(0x00, 0x9e, 0x73),
            (false, Source::Pooled, Pages::Large) => RGBColor(0x7f, 0xcf, 0xb9),
            (false, Source::Mapped, Pages::Small) => RGBColor(0xcc, 0x79, 0xa7),
            (false, Source::Mapped, Pages::Large) => RGBColor(0x88, 0x88, 0x88),
        }
    }
}

/// The drawing, as SVG.
pub(super) fn draw(table: &Table) -> Result<String, Failed> {
    let mut text = String::new();
    {
        let root = SVGBackend::with_string(&mut text, (WIDTH, HEIGHT)).into_drawing_area();
        root.fill(&WHITE)?;
        let title = format!(
            "{} ({}): MiB/s of the fastest transfer by length, times {}",
            table.device, table.card, table.clock
        );
        let root = root.titled(&title, (FONT, 20))?;
        let (panels, legend) = root.split_vertically(HEIGHT - LEGEND - 30);
        let (left, right) = panels.split_horizontally(WIDTH / 2);
        let all = series(&table.points);
        for (area, to_card) in [(left, true), (right, false)] {
            panel(&area, table, to_card, &all)?;
        }
        key(&legend, &all)?;
        root.present()?;
    }
    Ok(text)
}

/// Every kind of point, in the order in which they were measured.
fn series(points: &[Point]) -> Vec<Series> {
    let mut all: Vec<Series> = Vec::new();
    for point in points {
        if !all.contains(&Series::of(point)) {
            all.push(Series::of(point));
        }
    }
    all
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

fn panel(area: &Area<'_>, table: &Table, to_card: bool, all: &[Series]) -> Result<(), Failed> {
    let points = || table.points.iter().filter(|point| point.to_card == to_card);
    let bytes = table.points.iter().map(|point| point.bytes as u64);
    let (first, last) = (bytes.clone().min().unwrap_or(1), bytes.max().unwrap_or(2));
    let rates = table.points.iter().map(Point::fastest_mib_per_second);
    let lowest = rates.clone().fold(f64::INFINITY, f64::min);
    let highest = rates.fold(0.0, f64::max);
    let caption = if to_card { "to the card" } else { "from the card" };
    let mut chart = ChartBuilder::on(area)
        .caption(caption, (FONT, 18))
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(64)
        .build_cartesian_2d(
            (first * 3 / 4..last * 4 / 3).log_scale().base(2.0),
            (lowest * 0.7..highest * 1.4).log_scale(),
        )?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .bold_line_style(RGBColor(0xdd, 0xdd, 0xdd))
        .x_labels(10)
        .x_desc("length of a transfer")
        .y_desc("MiB/s")
        .x_label_formatter(&|bytes| length(usize::try_from(*bytes).unwrap_or(usize::MAX)))
        .y_label_formatter(&|rate| {
            if *rate < 1.0 { format!("{rate:.3}") } else { format!("{rate:.0}") }
        })
        .label_style((FONT, 14))
        .axis_desc_style((FONT, 15))
        .draw()?;
    for one in all {
        let mut line: Vec<(u64, f64)> = points()
            .filter(|point| Series::of(point) == *one)
            .map(|point| (point.bytes as u64, point.fastest_mib_per_second()))
            .collect();
        line.sort_by_key(|(bytes, _)| *bytes);
        let colour = one.colour();
        chart.draw_series(LineSeries::new(line.iter().copied(), colour.stroke_width(2)))?;
        let mark = if one.wait == Wait::Polling { colour.filled() } else { WHITE.filled() };
        chart.draw_series(line.iter().map(|at| Circle::new(*at, 4, mark)))?;
        chart.draw_series(line.iter().map(|at| Circle::new(*at, 4, colour.stroke_width(2))))?;
    }
    Ok(())
}

/// What each line is: two columns below the panels.
fn key(area: &Area<'_>, all: &[Series]) -> Result<(), Failed> {
    let rows = all.len().div_ceil(3).max(1);
    for (number, one) in all.iter().enumerate() {
        let (column, row) = (number / rows, number % rows);
        let left = 40 + i32::try_from(column)? * 390;
        let top = 14 + i32::try_from(row)? * 20;
        let colour = one.colour();
        let line = PathElement::new(vec![(left, top), (left + 34, top)], colour.stroke_width(2));
        area.draw(&line)?;
        let mark = if one.wait == Wait::Polling { colour.filled() } else { WHITE.filled() };
        area.draw(&Circle::new((left + 17, top), 4, mark))?;
        area.draw(&Circle::new((left + 17, top), 4, colour.stroke_width(2)))?;
        area.draw(&Text::new(one.name(), (left + 42, top - 7), (FONT, 14)))?;
    }
    Ok(())
}
