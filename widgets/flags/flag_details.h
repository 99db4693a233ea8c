// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/flags/flag_table_model.h"

#include <QtWidgets/QWidget>

#include <memory>

namespace atalaya::flags {

/// Everything known of one flag: description, each instance, last change, what it needs, how to roll it back without
/// the console.
class FlagDetails final : public QWidget
{
    Q_OBJECT
public:
    FlagDetails(const FlagStore &store, const QString &environment, QWidget *parent = nullptr);
    ~FlagDetails() override;

    void show(const FlagLine &row, Timestamp now, const QTimeZone &zone);

Q_SIGNALS:
    void closeRequested();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::flags
