// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/overview/system_summary.h"
#include "widgets/overview/golden_signal.h"

#include <QtCore/QTimeZone>
#include <QtWidgets/QAbstractButton>

namespace atalaya::overview {

/// Left edges of a card's columns, the same for every card of a width, so that they stand under each other.
struct CardColumns
{
    qreal name = 0, alerts = 0, breakers = 0, health = 0, golden = 0, goldenStep = 0, goldenWidth = 0, right = 0;

    static CardColumns of(int width, bool narrow);
};

/// One system's row of the Overview. A click on a column opens that page for the system, elsewhere where its first
/// reason is.
class SystemCard final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit SystemCard(const QString &key, QWidget *parent = nullptr);

    const QString &key() const { return m_key; }
    void show(const SystemSummary &system, const QList<GoldenView> &golden, std::optional<Timestamp> began,
              Timestamp now, const QTimeZone &zone);
    /// Moves the ages on.
    void setNow(Timestamp now);
    void setNarrow(bool narrow);
    /// Marked as the system that every page is filtered to.
    void setChosen(bool chosen);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// `page` is the column's page, or empty for the card as a whole.
    void opened(const QString &system, const QString &page);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QString pageAt(const QPointF &at) const;
    QString tipAt(const QPointF &at) const;
    void paintName(QPainter &painter, const CardColumns &columns) const;
    void paintLines(QPainter &painter, const QRectF &area, const QList<struct CardLine> &lines, qreal glyphWidth,
                    const QString &below) const;
    void paintHealth(QPainter &painter, const QRectF &area) const;
    void paintGolden(QPainter &painter, const QRectF &area, const GoldenView &golden) const;
    void paintFooter(QPainter &painter, const CardColumns &columns) const;
    qreal bodyHeight() const;
    bool isMuted() const;

    QString m_key;
    SystemSummary m_system;
    QList<GoldenView> m_golden;
    std::optional<Timestamp> m_began;
    Timestamp m_now{};
    QTimeZone m_zone = QTimeZone::utc();
    bool m_narrow = false;
    bool m_chosen = false;
    bool m_keyboardClick = true;
};

} // namespace atalaya::overview
