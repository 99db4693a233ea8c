// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/flags/flag_table_model.h"
#include "models/health/health_store.h"

#include <QtWidgets/QWidget>

namespace atalaya::flags {

/// Something to know before a change here.
struct FlagNote
{
    State state = State::Info;
    bool isRestart = false; ///< shown with the power sign
    QString title, text;

    bool operator==(const FlagNote &) const = default;
};
QList<FlagNote> flagNotes(const workspace::Environment &environment, const QList<FlagLine> &rows,
                          const FlagStore &store, const health::HealthStore &health, Timestamp now,
                          const QTimeZone &zone);

/// The box at the foot of the page: what to know before a change here.
class FlagNotes final : public QWidget
{
    Q_OBJECT
public:
    explicit FlagNotes(QWidget *parent = nullptr);
    void show(const QList<FlagNote> &notes);
    const QList<FlagNote> &notes() const { return m_notes; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    int textHeight(const FlagNote &note, int width) const;

    QList<FlagNote> m_notes;
};

} // namespace atalaya::flags
